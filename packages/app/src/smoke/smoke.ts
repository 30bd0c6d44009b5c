import { apiOf } from '../calling/api-caller.js';
import { groundOf } from './ground.js';
import { limitsTest } from './limits.js';
import { orderTest, reservationTest } from './order.js';
import { shipmentTest } from './shipment.js';
import type { Outcome, SmokeAsked, Smoked, Told } from './told.js';
import { webhookTest } from './webhook.js';

/**
 * The six smoke tests of the deployment checklist, against a running installation and as anybody would use it. What a test needs of one
 * before it that failed is left out. Whatever was made is cancelled or removed again, an item, a location and their stock excepted.
 */
export const smoke = async (asked: SmokeAsked): Promise<Smoked> => {
  const tests: Outcome[] = [];
  const undo: (() => Promise<unknown>)[] = [];
  const attempt = async <Value>(name: string, test: () => Promise<Told<Value>>): Promise<Value | undefined> => {
    try {
      const { says, value } = await test();
      tests.push({ name, outcome: value === undefined ? 'leftOut' : 'passed', says });
      return value;
    } catch (error) {
      tests.push({ name, outcome: 'failed', says: error instanceof Error ? error.message : String(error) });
      return undefined;
    }
  };
  const after = <Needed, Value>(needed: Needed | undefined, test: (needed: Needed) => Promise<Told<Value>>) =>
    needed === undefined ? leftOut<Value> : () => test(needed);

  const api = await attempt('sign in', () => signIn(asked));
  const order = await attempt(
    'order',
    after(api, async (as) => orderTest({ api: as, undo }, await groundOf(as))),
  );
  await attempt('reservation', after(order, reservationTest));
  await attempt('shipment', asked.carrier === 'none' ? unasked : after(order, (placed) => shipmentTest(placed, asked.carrier)));
  await attempt(
    'webhook',
    after(order, (placed) => webhookTest(placed, asked.baseUrl)),
  );
  await attempt(
    'limits',
    after(api, (as) => limitsTest(as, asked)),
  );
  await attempt('tidy up', () => tidyUp(undo));
  return {
    passed: tests.every(({ outcome, name }) => outcome === 'passed' || (name === 'shipment' && asked.carrier === 'none')),
    tests,
  };
};

/** All of it, though some may fail: a shipment of which nobody knows whether it was bought keeps its order. */
const tidyUp = async (undo: readonly (() => Promise<unknown>)[]): Promise<Told<true>> => {
  const failed: string[] = [];
  for (const step of undo.toReversed())
    try {
      await step();
    } catch (error) {
      failed.push(String(error));
    }
  if (failed.length > 0) throw new Error(failed.join('; '));
  return { says: `${undo.length} things cancelled or removed`, value: true };
};

const leftOut = async <Value>(): Promise<Told<Value>> => ({ says: 'needs what failed before it' });
const unasked = async (): Promise<Told<true>> => ({ says: 'no carrier was to be asked' });

const signIn = async ({ baseUrl, email, password }: SmokeAsked) => {
  const { token } = await apiOf(baseUrl, '').post<{ token: string }>('/auth/login', { email, password });
  const api = apiOf(baseUrl, token);
  const { organization } = await api.get<{ organization: { id: string } }>('/auth/me');
  return { says: `organization ${organization.id}`, value: api };
};
