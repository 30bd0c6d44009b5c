import type { Carrier } from '@rappit/domain';
import { alsoNearby, guardedFetch } from '@rappit/outbound/guarded';
import { type FedexSimulator, startFedexSimulator } from '@rappit/simulators/fedex';
import { type FakeClock, fakeClock } from '@rappit/testing/fakes';
import { fedexCarrier } from './fedex-carrier.js';
import { exampleFedexAccount, fedexKeys } from './fedex-world.test-kit.js';

const { send } = guardedFetch({ policy: alsoNearby });
let simulator: FedexSimulator;
let clock: FakeClock;
const carrierWith = (facts: object = {}): Carrier =>
  fedexCarrier({ send, now: clock.now, account: exampleFedexAccount(simulator.baseUrl, facts) });
const asked = (path: string) => simulator.recorded().filter(({ url }) => url === path).length;
const TRACK = '/track/v1/trackingnumbers';
const TOKEN = '/oauth/token';

beforeEach(async () => {
  clock = fakeClock();
  simulator = await startFedexSimulator({ ...fedexKeys, now: clock.now });
});
afterEach(() => simulator.close());

describe("FedEx's token", () => {
  it('is fetched once for many who ask at once, and kept', async () => {
    const carrier = carrierWith();
    const answers = await Promise.all(Array.from({ length: 20 }, () => carrier.track(['1'])));
    expect(answers.every(({ ok }) => ok)).toBe(true);
    await carrier.track(['1']);
    expect([asked(TOKEN), asked(TRACK)]).toEqual([1, 21]);
  });

  it('is asked for as a form, by its key', async () => {
    await carrierWith().track(['1']);
    expect(simulator.recorded()[0]).toMatchObject({
      url: TOKEN,
      contentType: 'application/x-www-form-urlencoded',
      body: { grant_type: 'client_credentials', client_id: 'SECRET-id', client_secret: 'SECRET-word' },
    });
  });

  it('is fetched anew a minute before it ends, and not before', async () => {
    const carrier = carrierWith();
    await carrier.track(['1']);
    clock.advance(3_538_000);
    await carrier.track(['1']);
    expect(asked(TOKEN)).toBe(1);
    clock.advance(1_000);
    await carrier.track(['1']);
    expect(asked(TOKEN)).toBe(2);
  });

  it('is renewed once, for all together, when FedEx takes it back, and the question asked again', async () => {
    const carrier = carrierWith();
    await carrier.track(['1']);
    simulator.revokeTokens();
    const answers = await Promise.all(Array.from({ length: 10 }, () => carrier.track(['1'])));
    expect(answers.every(({ ok }) => ok)).toBe(true);
    expect(asked(TOKEN)).toBe(2);
  });

  it('that is never accepted is renewed once, and then it is a refusal', async () => {
    const rejected = fedexCarrier({
      now: clock.now,
      account: exampleFedexAccount(simulator.baseUrl),
      send: async (request) => {
        const answer = await send(request);
        if (request.url.endsWith(TOKEN)) simulator.revokeTokens();
        return answer;
      },
    });
    expect(await rejected.track(['1'])).toMatchObject({ ok: false, error: { code: 'carrier.unauthorized' } });
    expect(simulator.tokensGiven()).toBe(2);
  });

  it('is not asked for again and again with a wrong key', async () => {
    const carrier = carrierWith({ clientSecret: 'SECRET-other' });
    for (let n = 0; n < 5; n += 1)
      expect(await carrier.track(['1'])).toMatchObject({ ok: false, error: { code: 'carrier.unauthorized' } });
    expect(asked(TOKEN)).toBe(1);
    clock.advance(30_000);
    await carrier.track(['1']);
    expect(asked(TOKEN)).toBe(2);
  });

  it('is another one for tracking where tracking has a key of its own', async () => {
    const carrier = carrierWith({ clientId: 'SECRET-wrong', trackKey: fedexKeys });
    expect(await carrier.track(['1'])).toMatchObject({ ok: true });
    expect(await carrier.voidLabel('1')).toMatchObject({ ok: false, error: { code: 'carrier.unauthorized' } });
  });
});
