import {
  bookPickup,
  type MergePdf,
  mergeLabels,
  type OrganizationId,
  type PushReader,
  type Shipment,
  takePush,
} from '@rappit/domain';
import { fakeCarrier } from '@rappit/testing/fakes';
import type { Knex } from 'knex';
import { knexPool } from './pools.js';
import { shippedOrders, shippingDeps } from './shipped.test-kit.js';
import { asSuperuser, callerOf, digest, newOrganization, openWorld, type TestWorld } from './test-world.test-kit.js';
import { postgresUnitOfWork } from './unit-of-work.js';

const window = { on: '2026-01-06', readyAt: '09:00', closesAt: '17:30', place: null };
const firstOf: MergePdf = async ([first]) => ({ ok: true, value: first ?? new Uint8Array() });

/** What is told of is the numbers, with commas between them. */
const reader: PushReader = {
  carrier: 'fake',
  verifies: () => true,
  numbers: (text) => ({ ok: true, value: text.split(',').map((number) => ({ number, said: '' })) }),
  tracked: () => null,
};

/** One statement for many takes as long as for few, and one each would take a merchant's morning. */
describe('shipping asks the database as often for twelve parcels as for two:', () => {
  let world: TestWorld;
  let knex: Knex;
  /** One for all, so that no number is sold twice. */
  const { carrier } = fakeCarrier();
  /** What the app's connections were asked. */
  const said: string[] = [];

  beforeAll(async () => {
    world = await openWorld();
    knex = knexPool(world.database.appUrl, 2);
    knex.on('query', ({ sql }: { readonly sql: string }) => void said.push(sql));
  });
  afterAll(async () => {
    // biome-ignore lint/nursery/useAwaitThenable: destroy() answers a promise when it is given no callback.
    await knex.destroy();
    await world.persistence.close();
  });

  const statementsFor = async (
    count: number,
    ask: (organizationId: OrganizationId, shipments: readonly Shipment[]) => Promise<unknown>,
  ) => {
    const organizationId = await newOrganization(world);
    const shipments = await shippedOrders(world, organizationId, { carrier, count });
    said.length = 0;
    const answer = await ask(organizationId, shipments);
    return { answer, asked: said.length };
  };
  const deps = () => ({ ...shippingDeps(world, carrier), unitOfWork: postgresUnitOfWork({ knex, digest }) });

  it('to book a pickup', async () => {
    const book = (organizationId: OrganizationId, shipments: readonly Shipment[]) =>
      bookPickup(deps())(callerOf(organizationId), { ...window, shipmentIds: shipments.map(({ id }) => id) });
    const [few, many] = [await statementsFor(2, book), await statementsFor(12, book)];
    expect(many.answer).toMatchObject({ ok: true, value: { status: 'booked' } });
    expect(many.asked).toBe(few.asked);
  });

  it('to merge their labels, of which none is read when they are too large together', async () => {
    const merge = (organizationId: OrganizationId, shipments: readonly Shipment[]) =>
      mergeLabels({ ...deps(), mergePdf: firstOf })(organizationId, { ids: shipments.map(({ id }) => id) });
    const [few, many] = [await statementsFor(2, merge), await statementsFor(12, merge)];
    expect(many.answer).toMatchObject({ ok: true, value: { format: 'pdf' } });
    expect(many.asked).toBe(few.asked);
    const large = await statementsFor(2, async (organizationId, shipments) => {
      const enlarge = `UPDATE shipment_documents SET content = decode(repeat('00', 33 * 1024 * 1024), 'hex') WHERE organization_id = $1`;
      await asSuperuser(world, (client) => client.query(enlarge, [organizationId]));
      const merged = await merge(organizationId, shipments);
      return merged.ok ? `${merged.value.content.length} bytes` : merged.error.code;
    });
    expect(large.answer).toBe('shipment.too_many_labels');
    expect(large.asked).toBe(few.asked - 1);
  });

  it('to keep what a carrier sent of them', async () => {
    const take = (_: OrganizationId, shipments: readonly Shipment[]) => {
      const text = shipments.map(({ trackingNumber }) => trackingNumber).join();
      const { doors: door } = world.persistence;
      const push = { text, body: new TextEncoder().encode(text), proof: '' };
      return takePush({ ...deps(), door, digest, pushReaders: [reader] })('fake', push);
    };
    const [few, many] = [await statementsFor(2, take), await statementsFor(12, take)];
    expect(many.answer).toMatchObject({ ok: true });
    expect(many.asked).toBe(few.asked);
  });
});
