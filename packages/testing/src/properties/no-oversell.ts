import { byPriority, fewestLocations, type Shipment } from '@rappit/domain';
import { expectEqual, expectThat } from '../contracts/expecting.js';
import { fakeIds } from '../fakes/fake-ids.js';
import { checkInvariants, checkLedger, checkReconciled, look } from './books.js';
import { type GivenAnswers, givenAnswers } from './given-answers.js';
import { type HubUnderTest, openTenant, type Tenant } from './hub.js';
import { type Law, law } from './law.js';
import { type Model, openModel, purchasesOf } from './model.js';
import { differenceOf, pictureOf, type Seen } from './picture.js';
import type { Said } from './said.js';
import { anyStory, type Command, type Step, type Story } from './story.js';
import { type Request, requestFor } from './tell-hub.js';
import { type Past, repeatable, tellModel, WAIT_MS } from './tell-model.js';

/** One organization twice: as the model has it, and as the store under test has it. */
type Pair = {
  readonly tenant: Tenant;
  readonly given: GivenAnswers;
  model: Model;
  seen: Seen;
  readonly past: (Past & { readonly request: Request | undefined })[];
};

const seenInModel = ({ stock, orders, shipments, returns }: Model): Seen => ({
  levels: [...stock.levels.values()],
  reservations: [...stock.reservations.values()],
  orders: orders.map((order) => ({ ...order, purchases: purchasesOf({ shipments }, order) })),
  shipments,
  returns,
});

const openPair = async (hub: HubUnderTest, story: Story): Promise<Pair> => {
  const tenant = await openTenant(hub, story);
  const seen = await look(hub, tenant.organizationId);
  return { tenant, given: givenAnswers(), model: openModel(story, fakeIds(), hub.policy), seen, past: [] };
};

/** Carries out a command on both, and compares what they say. */
const tellBoth = async (pair: Pair, command: Command, key: string): Promise<void> => {
  const { tenant, past, given, seen } = pair;
  const ids = { orders: seen.orders.map(({ id }) => id), shipments: seen.shipments.map(({ id }) => id) };
  const asked = { tenant, given, key, seen: seen.orders, returns: seen.returns, ...ids };
  const request = command.kind === 'repeat' ? repeatedRequest(pair, command.step) : requestFor(asked, command);
  const said = command.kind === 'wait' ? 'ok' : await asking(request, command);
  const told = tellModel(pair.model, command, past);
  expectEqual(said, told.said, 'the answer');
  pair.model = told.model;
  past.push({ command, said, begun: told.begun, request });
};

const asking = (request: Request | undefined, command: Command): Promise<Said> =>
  request ? request('fault' in command ? command.fault : null) : Promise.resolve('skipped');

const repeatedRequest = ({ past }: Pair, step: number): Request | undefined => {
  const before = repeatable(past, step);
  return past.find((one) => one === before)?.request;
};

/** Compares everything that can be seen of an organization, checks its books, and that no shipment has two labels (I6). */
const comparePictures = async (hub: HubUnderTest, pair: Pair): Promise<void> => {
  const { tenant, model, seen: before } = pair;
  const seen = await look(hub, tenant.organizationId);
  checkInvariants(before, seen);
  await checkReconciled(hub, tenant.organizationId);
  const modelled = seenInModel(model);
  const locationIds = model.locations.map(({ id }) => id);
  const [expected, actual] = [pictureOf(modelled, locationIds), pictureOf(seen, tenant.locationIds)];
  const difference = differenceOf(expected, actual);
  expectThat(difference === '' && expected.length === actual.length, `the store differs from the model:\n${difference}`);
  expectEqual(
    soldBy(tenant, seen.shipments),
    [...model.sold].map((id) => modelled.shipments.findIndex((one) => one.id === id)).sort(),
    'the shipments for which labels were sold (I6)',
  );
  pair.seen = seen;
};

const soldBy = ({ sold }: Tenant, shipments: readonly Shipment[]): readonly number[] =>
  sold()
    .map(({ reference }) => shipments.findIndex((one) => one.reference === reference))
    .sort();

/** Tells a story to two organizations of a store and to the model, and compares them after each step. Throws at the first difference. */
export const compareAfterEachStep = async (hub: HubUnderTest, story: Story): Promise<void> => {
  const pairs = [await openPair(hub, story), await openPair(hub, story)];
  const steps = hub.advance ? story.steps : story.steps.filter(({ command }) => command.kind !== 'wait');
  for (const [index, step] of steps.entries()) {
    try {
      await oneStep(hub, pairs, step, `step-${index}`);
    } catch (error) {
      const because = error instanceof Error ? error.message : String(error);
      throw new Error(`step ${index}, ${JSON.stringify(step.command)} by organization ${step.tenant}: ${because}`, {
        cause: error,
      });
    }
  }
  for (const { tenant } of pairs) await checkLedger(hub, tenant.organizationId, hub.digest);
};

const oneStep = async (hub: HubUnderTest, pairs: readonly Pair[], { tenant, command }: Step, key: string): Promise<void> => {
  if (command.kind === 'wait') await hub.advance?.(WAIT_MS);
  for (const [index, pair] of pairs.entries())
    if (index === tenant || command.kind === 'wait') await tellBoth(pair, command, key);
  for (const pair of pairs) await comparePictures(hub, pair);
};

/**
 * I1 to I7 under random commands of two organizations: whatever is received, lost, ordered, cancelled, shipped, repeated
 * and whatever goes wrong with the carrier, no unit is promised twice, and the store does what the model does.
 * `make` is called for each story; it may answer the same store each time, since each story opens organizations of its own.
 */
export const noOversell = (
  make: () => HubUnderTest | Promise<HubUnderTest>,
  { scenes = 20 }: { readonly scenes?: number } = {},
): Law => law('no unit is promised twice', anyStory(scenes), async (story) => compareAfterEachStep(await make(), story));

/** The same of the model alone: what it is compared with has to keep the invariants itself. */
export const modelKeepsInvariants: Law = law('the model keeps the invariants', anyStory(30), ({ steps, ...plan }) => {
  const past: Past[] = [];
  let model = openModel(plan, fakeIds(), plan.skus % 2 === 0 ? byPriority : fewestLocations);
  for (const { command } of steps) {
    const before = seenInModel(model);
    const told = tellModel(model, command, past);
    past.push({ command, said: told.said, begun: told.begun });
    model = told.model;
    checkInvariants(before, seenInModel(model));
  }
});
