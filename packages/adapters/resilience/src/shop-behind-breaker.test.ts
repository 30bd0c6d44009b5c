import { type Err, err, ok, type SalesChannel, type ShopAskRefused } from '@rappit/domain';
import { fakeShop } from '@rappit/testing/fakes';
import { type ShopBreakers, shopBreakers } from './shop-behind-breaker.js';

const limits = { minimumCalls: 3, coolDownMs: 1_000, concurrency: 2 };
let breakers: ShopBreakers;

beforeEach(() => {
  jest.useFakeTimers();
  breakers = shopBreakers({ limits });
});

afterEach(() => {
  breakers.close();
  jest.useRealTimers();
});

const away = err({ code: 'shop.unavailable' as const, message: 'closed', retryAfterMs: null });

/** A shop whose `check` answers what it was told to, and counts how often it was asked. */
const scripted = () => {
  const state: { answer: Err<ShopAskRefused> | Promise<Err<ShopAskRefused>> | null; asked: number } = { answer: away, asked: 0 };
  const check: SalesChannel['check'] = async () => {
    state.asked += 1;
    return (await state.answer) ?? ok(null);
  };
  return { state, channel: { ...fakeShop().channel, check } };
};

const failing = async (channel: SalesChannel): Promise<void> => {
  for (let n = 0; n < limits.minimumCalls; n += 1) await channel.check();
};

it('is asked no more once it has failed often enough, and tried again after a while', async () => {
  const { state, channel } = scripted();
  const behind = breakers.around('one', channel);
  await failing(behind);
  expect(await behind.check()).toMatchObject({
    error: { code: 'shop.unavailable', message: expect.stringContaining('left alone') },
  });
  expect(await behind.stockShown([])).toMatchObject({ error: { code: 'shop.unavailable' } });
  expect(state.asked).toBe(limits.minimumCalls);
  state.answer = null;
  jest.advanceTimersByTime(limits.coolDownMs);
  expect(await behind.check()).toEqual(ok(null));
  expect(await behind.stockShown([])).toEqual(ok([]));
});

it('leaves the other shops alone', async () => {
  const { channel } = scripted();
  await failing(breakers.around('one', channel));
  const { state, channel: other } = scripted();
  state.answer = null;
  expect(await breakers.around('two', other).check()).toEqual(ok(null));
});

it('keeps one circuit for a channel that is opened anew for each call', async () => {
  const { state, channel } = scripted();
  for (let n = 0; n < 5; n += 1) await breakers.around('one', channel).check();
  expect(state.asked).toBe(limits.minimumCalls);
});

it.each<ShopAskRefused>([
  { code: 'shop.refused', message: 'no' },
  { code: 'shop.unauthorized', message: 'who?' },
  { code: 'shop.unavailable', message: 'too often', retryAfterMs: 500 },
])('takes $code with $retryAfterMs for the answer of a healthy shop', async (error) => {
  const { state, channel } = scripted();
  state.answer = err(error);
  const behind = breakers.around('one', channel);
  await failing(behind);
  expect(await behind.check()).toEqual(err(error));
  expect(state.asked).toBe(limits.minimumCalls + 1);
});

it('leaves a call when too many are under way, which is no failure of the shop', async () => {
  const { state, channel } = scripted();
  let release: (answer: Err<ShopAskRefused>) => void = () => undefined;
  state.answer = new Promise((resolve) => {
    release = resolve;
  });
  const behind = breakers.around('one', channel);
  const waiting = [behind.check(), behind.check()];
  expect(await behind.check()).toMatchObject({ error: { message: expect.stringContaining('under way') } });
  release(err({ code: 'shop.refused', message: 'no' }));
  await Promise.all(waiting);
  expect(await behind.check()).toMatchObject({ error: { code: 'shop.refused' } });
});
