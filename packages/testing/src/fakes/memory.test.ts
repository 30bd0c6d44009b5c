import {
  type Caller,
  decidePlacements,
  err,
  fewestLocations,
  type Once,
  OrganizationId,
  ok,
  openBooks,
  receive,
  system,
} from '@rappit/domain';
import {
  exampleDraft,
  exampleItem,
  exampleLine,
  exampleLocation,
  exampleSku,
  fakeClock,
  fakeIds,
  inMemory,
  memoryPersistence,
} from './index.js';

const organizationId = OrganizationId('019b8d9d-0000-7000-8000-00000000000a');
const once: Once = { scope: 'POST /x', key: 'k', fingerprint: 'f', answer: () => ({ status: 200, body: '', resource: null }) };

const openMemory = (runsTwice = false) => {
  const [ids, clock] = [fakeIds(), fakeClock()];
  return {
    ids,
    clock,
    ...memoryPersistence({ now: clock.now, decide: decidePlacements({ ids, policy: fewestLocations }), runsTwice }),
  };
};

describe('memory', () => {
  it('remembers a key for 24 hours by its clock, and not longer', async () => {
    const { unitOfWork, clock } = openMemory();
    const ask = () => unitOfWork.run(organizationId, async () => ok('done'), once);
    expect(await ask()).toEqual(ok('done'));
    clock.advance(24 * 3_600_000 - 1);
    expect(await ask()).toMatchObject(err({ code: 'idempotency.replayed' }));
    clock.advance(1);
    expect(await ask()).toEqual(ok('done'));
  });

  it('runs work twice when asked to, and keeps what the second time wrote', async () => {
    const { unitOfWork } = openMemory(true);
    let runs = 0;
    const location = () => ({ ...exampleLocation('FRA'), id: `location-${runs}` as never });
    await unitOfWork.run(organizationId, async ({ locations }) => {
      runs += 1;
      return ok(await locations.save(location()));
    });
    expect(runs).toBe(2);
    const { data } = await unitOfWork.read(organizationId, ({ locations }) => locations.list({ limit: 10 }));
    expect(data.map(({ id }) => id)).toEqual(['location-2']);
  });

  it('writes nothing while it is broken down, and goes on afterwards', async () => {
    const { unitOfWork, intake, breakDown, mend } = openMemory();
    breakDown();
    await expect(unitOfWork.run(organizationId, async () => ok('done'))).rejects.toThrow('the store is out of order');
    await expect(intake.place(organizationId, [{ actor: system('test'), draft: exampleDraft([]) }])).rejects.toThrow(
      'the store is out of order',
    );
    mend();
    expect(await unitOfWork.run(organizationId, async () => ok('done'))).toEqual(ok('done'));
  });

  it('notices a store that is used after its unit of work', async () => {
    const { unitOfWork } = openMemory();
    const leaked = await unitOfWork.read(organizationId, async (stores) => stores);
    await expect(leaked.items.list({ limit: 1 })).rejects.toThrow('after its unit of work had ended');
  });

  it('notices stock that is changed without being locked', async () => {
    const { unitOfWork, ids } = openMemory();
    const sku = exampleSku('MUG');
    const work = unitOfWork.run(organizationId, async ({ items, locations, stock, now }) => {
      const location = { ...exampleLocation('FRA'), id: ids.next() as never };
      await items.add({ ...exampleItem('Mug'), sku, createdAt: now });
      await locations.save(location);
      await stock.open(sku, location.id);
      const { data } = await stock.levels({ limit: 1 }, { sku });
      await stock.apply(
        receive(
          openBooks(data),
          { actor: system('test'), at: now, ids },
          { sku, locationId: location.id, quantity: 1, reference: null },
        ),
      );
      return ok(undefined);
    });
    await expect(work).rejects.toThrow("wasn't locked");
  });

  it('lets an order that makes the decision fail touch no other', async () => {
    const [ids, clock] = [fakeIds(), fakeClock()];
    const sound = decidePlacements({ ids, policy: fewestLocations });
    const { intake } = memoryPersistence({
      now: clock.now,
      decide: (situation, requests) => {
        if (requests.some(({ draft }) => draft.tags.includes('bad'))) throw new Error('a fault of ours');
        return sound(situation, requests);
      },
    });
    const asking = (tags: readonly string[]) => ({
      actor: system('test'),
      draft: exampleDraft([exampleLine('NO', 1)], { tags }),
    });
    const answers = await intake.place(organizationId, [asking([]), asking(['bad']), asking([])]);
    expect(answers.map((answer) => (answer.ok ? 'ok' : answer.error.code))).toEqual([
      'order.unknown_sku',
      'store.conflict',
      'order.unknown_sku',
    ]);
  });

  it('shows what was announced, in order', async () => {
    const rappit = inMemory();
    const caller: Caller = rappit.caller;
    await rappit.addItem(caller, exampleSku('MUG'), exampleItem('Mug'));
    const placed = await rappit.placeOrder(caller, exampleDraft([exampleLine('MUG', 1)], { onShortage: 'backorder' }));
    if (!placed.ok) throw new Error(placed.error.code);
    await rappit.cancelOrder(caller, placed.value.id, 'other');
    expect(rappit.memory.eventsOf(caller.organizationId).map(({ type }) => type)).toEqual(['order.placed', 'order.cancelled']);
  });
});
