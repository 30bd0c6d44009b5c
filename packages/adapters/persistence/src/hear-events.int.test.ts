import { addNote, err, type OrganizationId, ok } from '@rappit/domain';
import { draftOf, newOrganization, openWorld, requestOf, skuOf, stocked, type TestWorld } from './test-world.test-kit.js';

const event = (aggregateId: string) => ({ type: 'test.told', aggregateId, aggregateVersion: 1, at: new Date(0), data: {} });
const once = {
  scope: 'POST /tests',
  key: 'key',
  fingerprint: 'f',
  answer: () => ({ status: 409, body: '', resource: null }),
};

describe('whoever hears of events', () => {
  let world: TestWorld;
  let organizationId: OrganizationId;
  const heard: OrganizationId[] = [];
  beforeAll(async () => {
    world = await openWorld();
    organizationId = await newOrganization(world);
    await stocked(world, organizationId, skuOf('MUG'), 2);
    world.persistence.hearEvents((of) => void heard.push(of));
  });
  beforeEach(() => {
    heard.length = 0;
  });
  afterAll(() => world.persistence.close());

  const run: TestWorld['persistence']['unitOfWork']['run'] = (...asked) => world.persistence.unitOfWork.run(...asked);
  const place = async (quantity: number) =>
    (await world.persistence.intake.place(organizationId, [requestOf(draftOf([['MUG', quantity]]))]))[0]?.ok;

  it('is told whose they are once they are committed, and not before', async () => {
    await run(organizationId, async ({ outbox }) => {
      await outbox.announce([event('a')]);
      expect(heard).toEqual([]);
      return ok(undefined);
    });
    expect(heard).toEqual([organizationId]);
  });

  it('hears nothing of a unit of work that was refused, or that told nothing', async () => {
    await run(organizationId, async ({ outbox }) => {
      await outbox.announce([event('b')]);
      return err({ code: 'order.not_found' });
    });
    await run(
      organizationId,
      async ({ outbox }) => {
        await outbox.announce([event('c')]);
        return err({ code: 'order.not_found' });
      },
      once,
    );
    await run(organizationId, async ({ outbox }) => ok(await outbox.announce([])));
    expect(heard).toEqual([]);
  });

  it('hears of a placed order, whoever places it, and nothing of one that was refused', async () => {
    expect([await place(1), await place(5)]).toEqual([true, false]);
    expect(heard).toEqual([organizationId]);
  });

  it('hears of an order that was changed', async () => {
    const { unitOfWork } = world.persistence;
    const { data } = await unitOfWork.read(organizationId, ({ orders }) => orders.list({ limit: 1 }, {}));
    const [order] = data;
    if (!order) throw new Error('there is an order');
    const caller = { organizationId, actor: { kind: 'system', id: 'test', name: 'test' } } as const;
    expect(await addNote({ unitOfWork, ids: world.ids })(caller, order.id, 'a note')).toMatchObject({ ok: true });
    expect(heard).toEqual([organizationId]);
  });
});
