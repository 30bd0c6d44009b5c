import { type BuyRefused, type Carrier, err, type Label, nothingButLabels, ok, type Result } from '@rappit/domain';
import { exampleLabelOrder, fakeMeter } from '@rappit/testing/fakes';
import { behindBreaker } from './behind-breaker.js';
import { type CarrierBreakers, carrierBreakers } from './carrier-breakers.js';

const order = exampleLabelOrder('r1');
const label: Label = {
  trackingNumber: 'T1',
  parcelNumbers: [],
  warnings: [],
  service: 'standard',
  cost: { amountMinor: 490, currency: 'EUR' },
  documents: [],
};
const unavailable = err({ code: 'carrier.unavailable' as const, message: 'closed' });
const answers = {
  bought: ok(label),
  refused: err({ code: 'carrier.refused' as const, message: 'too heavy', path: null }),
  unauthorized: err({ code: 'carrier.unauthorized' as const, message: 'wrong key' }),
  unavailable,
  unknown_outcome: err({ code: 'carrier.unknown_outcome' as const, message: 'lost' }),
};
type Answer = Result<Label, BuyRefused>;

/** A carrier that answers what it was told to, and counts how often it was asked. */
const scripted = (first: Answer | Promise<Answer>) => {
  let answer = first;
  const asked = { buyLabel: 0, findByReference: 0 };
  const carrier: Carrier = {
    ...nothingButLabels,
    code: 'fake',
    buyLabel: async () => {
      asked.buyLabel += 1;
      return answer;
    },
    findByReference: async () => {
      asked.findByReference += 1;
      return err({ code: 'carrier.reference_unknown' });
    },
  };
  return {
    carrier,
    asked,
    answerWith: (next: Answer | Promise<Answer>) => {
      answer = next;
    },
  };
};

/** A promise that is kept when the test says so. */
const pending = <Value>() => {
  let keep: (value: Value) => void = () => undefined;
  const promise = new Promise<Value>((resolve) => {
    keep = resolve;
  });
  return { promise, keep };
};

const times = async <Value>(count: number, run: () => Promise<Value>): Promise<Value | undefined> => {
  let last: Value | undefined;
  for (let n = 0; n < count; n += 1) last = await run();
  return last;
};

const limits = { minimumCalls: 5, coolDownMs: 1_000, concurrency: 3 };
const meter = fakeMeter();
let breakers: CarrierBreakers;
const states = () => meter.measured().flatMap(({ name, value }) => (name === 'carrier_breaker_state' ? [value] : []));

beforeEach(() => {
  jest.useFakeTimers();
  breakers = carrierBreakers({ meter, limits });
});

afterEach(() => {
  breakers.close();
  jest.useRealTimers();
});

describe('a carrier behind its breaker', () => {
  it.each(['unavailable', 'unknown_outcome'] as const)('is left alone after it has answered %s often enough', async (failing) => {
    const { carrier, asked, answerWith } = scripted(answers[failing]);
    const guarded = behindBreaker(carrier, { account: 'a', breakers });
    expect(await times(5, () => guarded.buyLabel(order))).toEqual(answers[failing]);
    answerWith(answers.bought);
    expect(await guarded.buyLabel(order)).toMatchObject({ ok: false, error: { code: 'carrier.unavailable' } });
    expect(asked.buyLabel).toBe(5);
  });

  it.each(['refused', 'unauthorized'] as const)('is asked on however often it answers %s', async (answer) => {
    const { carrier, asked } = scripted(answers[answer]);
    const guarded = behindBreaker(carrier, { account: 'a', breakers });
    expect(await times(20, () => guarded.buyLabel(order))).toEqual(answers[answer]);
    expect(asked.buyLabel).toBe(20);
  });

  it('is asked on however often it has no such reference', async () => {
    const { carrier, asked } = scripted(answers.bought);
    const guarded = behindBreaker(carrier, { account: 'a', breakers });
    expect(await times(20, () => guarded.findByReference({ reference: 'r1', askedAt: new Date(0), shipOn: null }))).toEqual(
      err({ code: 'carrier.reference_unknown' }),
    );
    expect(asked.findByReference).toBe(20);
  });

  it('may be searched for a reference while its buying is broken', async () => {
    const { carrier } = scripted(answers.unknown_outcome);
    const guarded = behindBreaker(carrier, { account: 'a', breakers });
    await times(6, () => guarded.buyLabel(order));
    expect(await guarded.findByReference({ reference: 'r1', askedAt: new Date(0), shipOn: null })).toEqual(
      err({ code: 'carrier.reference_unknown' }),
    );
  });

  it('is tried by a single call after the cool-down, and used again when that one succeeds', async () => {
    const { carrier, asked, answerWith } = scripted(answers.unavailable);
    const guarded = behindBreaker(carrier, { account: 'a', breakers });
    await times(5, () => guarded.buyLabel(order));
    jest.advanceTimersByTime(1_000);
    const slow = pending<Answer>();
    answerWith(slow.promise);
    const probe = guarded.buyLabel(order);
    expect(await guarded.buyLabel(order)).toMatchObject({ ok: false, error: { code: 'carrier.unavailable' } });
    expect(asked.buyLabel).toBe(6);
    slow.keep(answers.bought);
    expect(await probe).toEqual(answers.bought);
    answerWith(answers.bought);
    expect(await guarded.buyLabel(order)).toEqual(answers.bought);
  });

  it('is left alone again when the try fails', async () => {
    const { carrier, asked } = scripted(answers.unavailable);
    const guarded = behindBreaker(carrier, { account: 'a', breakers });
    await times(5, () => guarded.buyLabel(order));
    jest.advanceTimersByTime(1_000);
    await times(3, () => guarded.buyLabel(order));
    expect(asked.buyLabel).toBe(6);
  });

  it('hands over a label that was under way while the breaker opened', async () => {
    const { carrier, answerWith } = scripted(answers.unavailable);
    const guarded = behindBreaker(carrier, { account: 'a', breakers });
    const slow = pending<Answer>();
    answerWith(slow.promise);
    const bought = guarded.buyLabel(order);
    answerWith(answers.unavailable);
    await times(5, () => guarded.buyLabel(order));
    jest.advanceTimersByTime(60_000);
    slow.keep(answers.bought);
    expect(await bought).toEqual(answers.bought);
  });

  it('is asked by so many at once and no more; who comes too late may ask again, and nothing breaks', async () => {
    const slow = pending<Answer>();
    const { carrier, asked, answerWith } = scripted(slow.promise);
    const guarded = behindBreaker(carrier, { account: 'a', breakers });
    const underWay = [1, 2, 3].map(() => guarded.buyLabel(order));
    expect(await times(20, () => guarded.buyLabel(order))).toMatchObject({ ok: false, error: { code: 'carrier.unavailable' } });
    expect(asked.buyLabel).toBe(3);
    slow.keep(answers.bought);
    expect(await Promise.all(underWay)).toEqual([answers.bought, answers.bought, answers.bought]);
    answerWith(answers.bought);
    expect(await guarded.buyLabel(order)).toEqual(answers.bought);
  });

  it.each([5, 15])('is left alone when it hangs until the deadline, also where it is asked every %i seconds', async (seconds) => {
    const usual = carrierBreakers({ meter });
    let asked = 0;
    const hanging: Carrier = {
      ...scripted(answers.bought).carrier,
      buyLabel: () => {
        asked += 1;
        return new Promise((resolve) => setTimeout(() => resolve(answers.unknown_outcome), 60_000));
      },
    };
    const guarded = behindBreaker(hanging, { account: 'a', breakers: usual });
    const purchases: Promise<Answer>[] = [];
    for (let passed = 0; passed < 170; passed += seconds) {
      purchases.push(guarded.buyLabel(order));
      await jest.advanceTimersByTimeAsync(seconds * 1_000);
    }
    expect(usual.states().get('fake')).not.toBe('closed');
    expect(asked).toBeLessThan(purchases.length);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(await Promise.all(purchases)).toContainEqual({
      ok: false,
      error: { code: 'carrier.unavailable', message: 'The carrier has been failing and is left alone for a moment.' },
    });
    usual.close();
  });

  it('passes on what an adapter throws, and counts it as a failure', async () => {
    const carrier: Carrier = {
      ...scripted(answers.bought).carrier,
      buyLabel: async () => Promise.reject(new Error('bug: a mistake of ours')),
    };
    const guarded = behindBreaker(carrier, { account: 'a', breakers });
    for (let n = 0; n < 5; n += 1) await expect(guarded.buyLabel(order)).rejects.toThrow('bug: a mistake of ours');
    expect(await guarded.buyLabel(order)).toMatchObject({ ok: false, error: { code: 'carrier.unavailable' } });
  });
});

describe('carrierBreakers', () => {
  it('keeps the accounts of a carrier apart', async () => {
    const [broken, sound] = [scripted(answers.unavailable), scripted(answers.bought)];
    await times(6, () => behindBreaker(broken.carrier, { account: 'a', breakers }).buyLabel(order));
    expect(await behindBreaker(sound.carrier, { account: 'b', breakers }).buyLabel(order)).toEqual(answers.bought);
  });

  it('remembers an account that is wrapped anew for each request', async () => {
    const { carrier, asked } = scripted(answers.unavailable);
    await times(20, () => behindBreaker(carrier, { account: 'a', breakers }).buyLabel(order));
    expect(asked.buyLabel).toBe(5);
  });

  it('shows the worst of the accounts of a carrier', async () => {
    const from = states().length;
    const [broken, sound] = [scripted(answers.unavailable), scripted(answers.bought)];
    const first = behindBreaker(broken.carrier, { account: 'a', breakers });
    await first.buyLabel(order);
    await behindBreaker(sound.carrier, { account: 'b', breakers }).buyLabel(order);
    expect(states().slice(from)).toEqual([0, 0]);
    await times(4, () => first.buyLabel(order));
    await behindBreaker(sound.carrier, { account: 'c', breakers }).buyLabel(order);
    expect(states().slice(from)).toEqual([0, 0, 2, 2]);
    jest.advanceTimersByTime(1_000);
    broken.answerWith(answers.bought);
    await first.buyLabel(order);
    expect(states().slice(from)).toEqual([0, 0, 2, 2, 1, 0]);
  });

  it('says how each carrier stands, those that nobody has asked yet too', async () => {
    const known = carrierBreakers({ meter, limits, carriers: ['fake', 'post'] });
    expect(states().slice(-2)).toEqual([0, 0]);
    expect([...known.states()]).toEqual([
      ['fake', 'closed'],
      ['post', 'closed'],
    ]);
    const { carrier, answerWith } = scripted(answers.unavailable);
    const guarded = behindBreaker(carrier, { account: 'a', breakers: known });
    await behindBreaker(scripted(answers.bought).carrier, { account: 'b', breakers: known }).buyLabel(order);
    await times(5, () => guarded.buyLabel(order));
    expect([...known.states()]).toEqual([
      ['fake', 'open'],
      ['post', 'closed'],
    ]);
    jest.advanceTimersByTime(1_000);
    expect(known.states().get('fake')).toBe('halfOpen');
    answerWith(answers.bought);
    await guarded.buyLabel(order);
    expect(known.states().get('fake')).toBe('closed');
    known.close();
  });

  it('forgets an account that was idle for long, and with it what it showed', async () => {
    const { carrier, asked } = scripted(answers.unavailable);
    await times(6, () => behindBreaker(carrier, { account: 'a', breakers }).buyLabel(order));
    jest.advanceTimersByTime(16 * 60_000);
    await behindBreaker(scripted(answers.bought).carrier, { account: 'b', breakers }).buyLabel(order);
    expect(states().at(-1)).toBe(0);
    await times(5, () => behindBreaker(carrier, { account: 'a', breakers }).buyLabel(order));
    expect(asked.buyLabel).toBe(10);
  });

  it('asks nobody any more once it is closed, and lets go of its timers', async () => {
    const { carrier, asked } = scripted(answers.unavailable);
    const guarded = behindBreaker(carrier, { account: 'a', breakers });
    await times(5, () => guarded.buyLabel(order));
    breakers.close();
    expect(jest.getTimerCount()).toBe(0);
    expect(await guarded.buyLabel(order)).toMatchObject({ ok: false, error: { code: 'carrier.unavailable' } });
    expect(asked.buyLabel).toBe(5);
    expect(jest.getTimerCount()).toBe(0);
  });
});
