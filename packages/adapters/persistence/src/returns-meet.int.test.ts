import {
  authoriseReturn,
  type Caller,
  type OrderLine,
  type OrganizationId,
  type Result,
  type Return,
  receiveReturn,
  requestReturn,
  type Shipment,
} from '@rappit/domain';
import { fakeCarrier } from '@rappit/testing/fakes';
import { shippedOrders, shippingDeps } from './shipped.test-kit.js';
import {
  asSuperuser,
  callerOf,
  newOrganization,
  openBeside,
  openWorld,
  type TestWorld,
  untilSomebodyWaits,
} from './test-world.test-kit.js';

const SHIPPED = 5;

describe('returns that two processes change at the same moment', () => {
  let world: TestWorld;
  let beside: TestWorld;
  let organizationId: OrganizationId;
  let caller: Caller;
  let shipment: Shipment;
  beforeAll(async () => {
    world = await openWorld();
    beside = await openBeside(world);
  });
  beforeEach(async () => {
    organizationId = await newOrganization(world);
    caller = callerOf(organizationId);
    const [shipped] = await shippedOrders(world, organizationId, { carrier: fakeCarrier().carrier, count: 1, units: SHIPPED });
    if (!shipped) throw new Error('nothing is shipped');
    shipment = shipped;
  });
  afterAll(async () => {
    await beside.persistence.close();
    await world.persistence.close();
  });

  const depsOf = (process: TestWorld) => shippingDeps(process, fakeCarrier().carrier);
  const ask = (process: TestWorld, quantity: number) =>
    requestReturn(depsOf(process))(caller, shipment.orderId, {
      lines: [{ lineId: lineId(), quantity, reason: 'doesNotFit' }],
      note: null,
    });
  const lineId = () => {
    const [line] = shipment.lines;
    if (!line) throw new Error('the shipment has a line');
    return line.orderLineId;
  };
  /** Begins both while nobody gets the order, and lets go of it when both wait. */
  const meet = <Answer>(begin: (process: TestWorld) => Promise<Answer>): Promise<readonly Answer[]> =>
    asSuperuser(world, async (client) => {
      await client.query('BEGIN');
      await client.query('SELECT FROM orders WHERE organization_id = $1 AND id = $2 FOR UPDATE', [
        organizationId,
        shipment.orderId,
      ]);
      const both = Promise.all([begin(world), begin(beside)]);
      await untilSomebodyWaits(client, 2);
      await client.query('COMMIT');
      return both;
    });
  const line = (): Promise<OrderLine | undefined> =>
    world.persistence.unitOfWork.read(organizationId, async ({ orders }) => (await orders.find(shipment.orderId))?.lines[0]);
  const listed = async (): Promise<readonly Return[]> =>
    (await world.persistence.unitOfWork.read(organizationId, ({ returns }) => returns.list({ limit: 10 }, {}))).data;
  const onHand = (): Promise<number> =>
    world.persistence.unitOfWork.read(organizationId, async ({ stock }) => {
      const { data } = await stock.levels({ limit: 10 }, {});
      return data.reduce((units, level) => units + level.onHand, 0);
    });
  const said = <Value, Refused extends { readonly code: string }>(
    answers: readonly Result<Value, Refused>[],
    words: (value: Value) => string,
  ): readonly string[] => answers.map((answer) => (answer.ok ? words(answer.value) : answer.error.code)).sort();

  it('never ask for more of a line than was shipped: one of them is refused, and told what is left', async () => {
    const answers = await meet((process) => ask(process, 3));
    expect(said(answers, ({ status }) => status)).toEqual(['requested', 'return.quantity_exceeded']);
    expect(answers.find(({ ok }) => !ok)).toMatchObject({ error: { path: 'lines[0].quantity', available: 2 } });
    expect(await line()).toMatchObject({ shipped: SHIPPED, returning: 3, returned: 0 });
    expect(await listed()).toHaveLength(1);
  });

  it('are both taken down where there is enough for both, each under a number of its own', async () => {
    const answers = await meet((process) => ask(process, 2));
    expect(said(answers, ({ number }) => number.slice(-3))).toEqual(['-R1', '-R2']);
    expect(await line()).toMatchObject({ shipped: SHIPPED, returning: 4 });
  });

  it('take the same parcel in once: the goods are on hand again once, and the other is told that nothing is awaited', async () => {
    const asked = await ask(world, SHIPPED);
    if (!asked.ok) throw new Error(asked.error.code);
    await authoriseReturn(depsOf(world))(caller, asked.value.id, null);
    const before = await onHand();
    const receipt = {
      locationId: shipment.locationId,
      lines: [{ lineId: lineId(), sku: null, quantity: SHIPPED, condition: 'sellable' }],
    } as const;
    const answers = await meet((process) => receiveReturn(depsOf(process))(caller, asked.value.id, receipt));
    expect(said(answers, ({ status }) => status)).toEqual(['received', 'return.invalid_transition']);
    expect(await onHand()).toBe(before + SHIPPED);
    expect(await line()).toMatchObject({ shipped: SHIPPED, returning: 0, returned: SHIPPED });
  });
});
