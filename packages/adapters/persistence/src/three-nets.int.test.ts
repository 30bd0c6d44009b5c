import {
  bug,
  type DecidePlacements,
  decidePlacements,
  fewestLocations,
  type IdSource,
  MovementId,
  noChange,
  ok,
  type Placement,
  reconcile,
} from '@rappit/domain';
import {
  asSuperuser,
  callerOf,
  draftOf,
  newOrganization,
  openWorld,
  requestOf,
  skuOf,
  stocked,
  type TestWorld,
} from './test-world.test-kit.js';

const sku = skuOf('LAST-ONE');

/** A decision that promises whatever it is asked for: it takes the shelves to be fuller than they are. */
const recklessly = (ids: IdSource): DecidePlacements => {
  const careful = decidePlacements({ ids, policy: fewestLocations });
  return (situation, requests) => {
    const full = situation.shelves.map(({ level, location }) => ({
      level: { ...level, onHand: level.onHand + 1_000 },
      location,
    }));
    return careful({ ...situation, shelves: full }, requests);
  };
};

const levelsOf = (world: TestWorld): Promise<readonly { on_hand: number; reserved: number }[]> =>
  asSuperuser(
    world,
    async (client) =>
      (await client.query<{ on_hand: number; reserved: number }>('SELECT on_hand::int, reserved::int FROM stock_levels')).rows,
  );

const dropCheck = (world: TestWorld): Promise<unknown> =>
  asSuperuser(world, (client) => client.query('ALTER TABLE stock_levels DROP CONSTRAINT stock_levels_i1'));

describe('I1 is held by three nets, each of which catches alone', () => {
  let world: TestWorld;
  afterEach(() => world.persistence.close());

  it('the decision alone: nothing reaches the store that would oversell', async () => {
    world = await openWorld('planted');
    await dropCheck(world);
    const organizationId = await newOrganization(world);
    await stocked(world, organizationId, sku, 3);
    const answers = await Promise.all(
      [2, 2].map((units) => world.persistence.intake.place(organizationId, [requestOf(draftOf([['LAST-ONE', units]]))])),
    );
    expect(answers.flat().map((answer) => (answer.ok ? 'served' : answer.error.code))).toEqual([
      'served',
      'order.insufficient_stock',
    ]);
    expect(await levelsOf(world)).toEqual([{ on_hand: 3, reserved: 2 }]);
  });

  it('the guarded write alone: a reckless decision is refused without the CHECK', async () => {
    world = await openWorld('planted', recklessly);
    await dropCheck(world);
    const organizationId = await newOrganization(world);
    await stocked(world, organizationId, sku, 3);
    const [answer] = await world.persistence.intake.place(organizationId, [requestOf(draftOf([['LAST-ONE', 4]]))]);
    expect(answer).toEqual({ ok: false, error: { code: 'store.conflict' } });
    expect(await levelsOf(world)).toEqual([{ on_hand: 3, reserved: 0 }]);
    expect(await reconcile({ unitOfWork: world.persistence.unitOfWork })(organizationId)).toMatchObject({
      levels: [],
      lines: [],
    });
  });

  it('the guarded write of a unit of work alone: a made-up movement is refused without the CHECK', async () => {
    world = await openWorld('planted');
    await dropCheck(world);
    const organizationId = await newOrganization(world);
    const locationId = await stocked(world, organizationId, sku, 3);
    const outcome = await world.persistence.unitOfWork.run(organizationId, async ({ stock, now }) => {
      await stock.lock([sku]);
      const { actor } = callerOf(organizationId);
      const movement = {
        id: MovementId(world.ids.next()),
        kind: 'reserve',
        sku,
        locationId,
        onHandDelta: 0,
        reservedDelta: 4,
        onHandAfter: 3,
        reservedAfter: 4,
      } as const;
      await stock.apply({ ...noChange, movements: [{ ...movement, reason: null, reference: null, actor, at: now }] });
      return ok(undefined);
    });
    expect(outcome).toEqual({ ok: false, error: { code: 'store.conflict' } });
    expect(await levelsOf(world)).toEqual([{ on_hand: 3, reserved: 0 }]);
  });

  it('the CHECK alone: an unguarded statement of anybody is refused', async () => {
    world = await openWorld('planted');
    const organizationId = await newOrganization(world);
    await stocked(world, organizationId, sku, 3);
    const refusal = await asSuperuser(world, (client) =>
      client.query('UPDATE stock_levels SET reserved = 4').then(
        () => bug('accepted'),
        (error: { constraint?: string }) => error.constraint,
      ),
    );
    expect(refusal).toBe('stock_levels_i1');
  });

  it('a decision that hands over too few reservations is caught by the row counts before the commit', async () => {
    const twice = (placement: Placement): Placement => ({
      ...placement,
      stock: { ...placement.stock, movements: placement.stock.movements.map((one) => ({ ...one, sku: skuOf('NOT-THERE') })) },
    });
    world = await openWorld('planted', (ids) => {
      const careful = decidePlacements({ ids, policy: fewestLocations });
      return (situation, requests) => careful(situation, requests).map((one) => (one.ok ? ok(twice(one.value)) : one));
    });
    const organizationId = await newOrganization(world);
    await stocked(world, organizationId, sku, 3);
    await expect(world.persistence.intake.place(organizationId, [requestOf(draftOf([['LAST-ONE', 1]]))])).rejects.toThrow(
      "wasn't locked",
    );
    expect(await levelsOf(world)).toEqual([{ on_hand: 3, reserved: 0 }]);
  });
});
