export { type DistributionPlan, distributionPlan } from './distribution.js';
export { type Doors, doorRights } from './doors.js';
export { type Inspection, inspect, type MigrationState, migrationPlan, migrationState } from './inspect.js';
export type { Jobs, JobsRunning, Nudge, Report, Sweeps, Wake } from './jobs/queue.js';
export { type Migrated, migrate, pendingMigrations } from './migrate.js';
export { openPersistence, type Persistence, type PersistenceOptions } from './open.js';
export {
  type Erased,
  eraseOrganization,
  type Organization as OrganizationToErase,
  organizationToErase,
} from './organization-data/erase-organization.js';
export { type RowCounts, readOrganization, type TakeRows } from './organization-data/read-organization.js';
export type { PoolStanding } from './pools.js';
export { type WorkingUrls, workingUrls } from './roles.js';
export type { Stores } from './stores/index.js';
