import { type Catalogue, catalogueIn, parentsFirst } from './catalogue.js';
import { withKnex } from './pools.js';
import { APP_ROLE } from './roles.js';

/** How the tables of an installation are spread over the nodes of a Citus cluster, each organization on one. */
export type DistributionPlan = {
  /** What keeps the schema from being distributed: every rule that a table breaks. */
  readonly faults: readonly string[];
  /** In the order in which they have to be run, by the owner of the tables, in one transaction. */
  readonly statements: readonly string[];
};

const SET_NULL = 'n';
const SET_DEFAULT = 'd';

/**
 * Every rule of a schema that can be distributed by organization which this one breaks. Citus 13.2 refuses the first five, and runs no
 * triggers; a number from a sequence is no longer unique once it is made on several nodes.
 */
const faultsOf = ({ tenantTables, keys, links, triggers, sequences }: Catalogue): readonly string[] => {
  const isTenants = (table: string): boolean => tenantTables.includes(table);
  const ofTenants = keys.filter(({ table }) => isTenants(table));
  return [
    ...tenantTables
      .filter((table) => !ofTenants.some((key) => key.table === table && key.kind === 'primary'))
      .map((table) => `${table}: has no primary key`),
    ...ofTenants
      .filter(({ first }) => first !== 'organization_id')
      .map(({ table, name }) => `${table}: ${name} is unique over all organizations`),
    ...links
      .filter(({ table, target }) => isTenants(table) && isTenants(target))
      .filter(({ from, to }) => from !== 'organization_id' || to !== 'organization_id')
      .map(({ table, name }) => `${table}: ${name} could lead to another organization's row`),
    ...links
      .filter(({ table, target }) => !isTenants(table) && isTenants(target))
      .map(({ table, name }) => `${table}: ${name} leads from a shared table to an organization's row`),
    ...links
      .filter(({ table, onDelete }) => isTenants(table) && (onDelete === SET_NULL || onDelete === SET_DEFAULT))
      .map(({ table, name }) => `${table}: ${name} changes its own key when a row goes`),
    ...triggers.map(({ table, name }) => `${table}: has the trigger ${name}`),
    ...sequences.map(({ table, name }) => `${table}: ${name} counts by a sequence`),
  ];
};

/** The first column of every distributed table is the organization, and all of an organization's rows lie on one node. */
const statementsOf = ({ tenantTables, sharedTables, links }: Catalogue): readonly string[] => {
  const tenants = parentsFirst(tenantTables, links);
  const [first] = tenants;
  const beside = (table: string): string => (table === first ? '' : `, colocate_with => '${first}'`);
  return [
    'SET LOCAL citus.enable_local_reference_table_foreign_keys = off',
    ...parentsFirst(sharedTables, links).map((table) => `SELECT create_reference_table('${table}')`),
    ...tenants.map((table) => `SELECT create_distributed_table('${table}', 'organization_id'${beside(table)})`),
    `ALTER ROLE ${APP_ROLE} SET citus.propagate_set_commands = 'local'`,
    `ALTER ROLE ${APP_ROLE} SET citus.multi_task_query_log_level = 'error'`,
  ];
};

/** Read from the catalogue of a migrated database, which need not be a cluster. Nothing is changed. */
export const distributionPlan = (url: string): Promise<DistributionPlan> =>
  withKnex(url, async (knex) => {
    const catalogue = await catalogueIn(knex);
    return { faults: faultsOf(catalogue), statements: statementsOf(catalogue) };
  });
