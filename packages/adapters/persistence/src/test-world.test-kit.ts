import { createHash } from 'node:crypto';
import {
  addItem,
  addLocation,
  type Caller,
  type DecidePlacements,
  decidePlacements,
  expireUnpaid,
  fewestLocations,
  type IdSource,
  type LocationId,
  type OrderDraft,
  OrganizationId,
  ok,
  type PlacementRequest,
  parseSku,
  receiveStock,
  type Sku,
  UserId,
} from '@rappit/domain';
import type { PersistenceWorld } from '@rappit/testing/contracts';
import { exampleItem, fakeIds } from '@rappit/testing/fakes';
import pg from 'pg';
import { type Books, freshDatabase, type TestDatabase } from '../../../../test/database.js';
import { openPersistence, type Persistence } from './open.js';

export type TestWorld = { readonly database: TestDatabase; readonly persistence: Persistence; readonly ids: IdSource };

export const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

type Decider = (ids: IdSource) => DecidePlacements;

/** A database of its own, with everything on it. */
export const openWorld = async (books?: Books, decideWith?: Decider): Promise<TestWorld> =>
  openOn(await freshDatabase(books), fakeIds(), decideWith);

/** A second process on the same database. */
export const openBeside = ({ database, ids }: TestWorld): Promise<TestWorld> => openOn(database, ids);

const openOn = async (database: TestDatabase, ids: IdSource, decideWith?: Decider): Promise<TestWorld> => {
  const decide = decideWith?.(ids) ?? decidePlacements({ ids, policy: fewestLocations });
  const expire = (unitOfWork: Persistence['unitOfWork']) => expireUnpaid({ unitOfWork, ids, policy: fewestLocations });
  const { appUrl, doorUrl } = database;
  return { database, ids, persistence: await openPersistence({ appUrl, doorUrl, digest, decide, expire }) };
};

export const newOrganization = async ({ persistence, ids }: TestWorld): Promise<OrganizationId> => {
  const id = OrganizationId(ids.next());
  const admin = { id: UserId(ids.next()), email: `${id}@quokka.example`, name: 'Admin', language: 'en' } as const;
  await persistence.unitOfWork.run(id, async ({ organization, users, members, now }) => {
    await users.enrol(admin, 'hash');
    await organization.open({ id, name: 'An organization', createdAt: now });
    return ok(await members.add(admin.id, 'admin'));
  });
  return id;
};

/** What the suites of contracts are run against. */
export const contractWorld = (world: TestWorld): PersistenceWorld => ({
  unitOfWork: world.persistence.unitOfWork,
  intake: world.persistence.intake,
  accounts: world.persistence.accounts,
  accountRequests: world.persistence.accountRequests,
  door: world.persistence.doors,
  ids: world.ids,
  digest,
  newOrganization: () => newOrganization(world),
});

export const callerOf = (organizationId: OrganizationId): Caller => ({
  organizationId,
  actor: { kind: 'system', id: 'test', name: 'test' },
});

export const skuOf = (text: string): Sku => {
  const sku = parseSku(text);
  if (!sku.ok) throw new Error(`${text} is no SKU`);
  return sku.value;
};

export const draftOf = (
  lines: readonly (readonly [sku: string, quantity: number])[],
  onShortage: OrderDraft['onShortage'] = 'reject',
): OrderDraft => ({
  source: { kind: 'api' },
  currency: 'EUR',
  customer: null,
  shippingAddress: null,
  billingAddress: null,
  lines: lines.map(([sku, quantity]) => ({
    sku,
    name: null,
    quantity,
    unitPriceMinor: 100,
    taxMinor: 0,
    discountMinor: 0,
    shipped: 0,
    cancelled: 0,
    external: null,
  })),
  shippingMinor: 0,
  totals: null,
  paymentStatus: 'paid',
  paymentMethod: 'prepaid',
  tags: [],
  onShortage,
});

export const requestOf = (draft: OrderDraft): PlacementRequest => ({
  actor: { kind: 'system', id: 'test', name: 'test' },
  draft,
});

/** An item with stock at one location. */
export const stocked = async (
  { persistence, ids }: TestWorld,
  organizationId: OrganizationId,
  sku: Sku,
  quantity: number,
): Promise<LocationId> => {
  const deps = { unitOfWork: persistence.unitOfWork, ids, policy: fewestLocations };
  const caller = callerOf(organizationId);
  await addItem(deps)(caller, sku, exampleItem(sku));
  const location = await addLocation(deps)(caller, {
    code: ids.next(),
    name: 'A location',
    address: null,
    priority: 1,
    active: true,
  });
  if (!location.ok) throw new Error(location.error.code);
  const received = await receiveStock(deps)(caller, { sku, locationId: location.value.id, quantity, reference: null });
  if (!received.ok) throw new Error(received.error.code);
  return location.value.id;
};

/** Does something past all rights and policies, on a connection of its own. */
export const asSuperuser = async <Value>(world: TestWorld, work: (client: pg.Client) => Promise<Value>): Promise<Value> => {
  const client = new pg.Client(world.database.superuserUrl);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

/** Resolves when as many sessions wait for a lock. */
export const untilSomebodyWaits = async (client: pg.Client, sessions = 1): Promise<void> => {
  const waiting = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  // A transaction sees the sessions as it saw them first, unless it forgets them.
  while (((await client.query(waiting)).rowCount ?? 0) < sessions) await client.query('SELECT pg_stat_clear_snapshot()');
};
