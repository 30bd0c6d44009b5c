import CircuitBreaker from 'opossum';

/** When a circuit opens, and for how long. Times are in milliseconds. */
export type CircuitLimits = {
  /** Opens when more than this share of the calls in the window failed… */
  readonly failurePercent: number;
  /** …and at least so many were made. */
  readonly minimumCalls: number;
  readonly windowMs: number;
  /** How long it stays open before one call may try whether the other side is back. */
  readonly coolDownMs: number;
  /** How many calls may be under way at once. */
  readonly concurrency: number;
};

export type CircuitState = 'closed' | 'halfOpen' | 'open';

/** `left` means that the call wasn't made: the circuit is open, or too many calls are under way. */
export type Passed<Answer> =
  | { readonly kind: 'made'; readonly answer: Answer }
  | { readonly kind: 'left'; readonly because: 'open' | 'full' };

export type Circuit = {
  /** Makes the call, or leaves it. `failed` judges the answer after it was read; what the call throws is a failure and is thrown on. */
  readonly pass: <Answer>(call: () => Promise<Answer>, failed: (answer: Answer) => boolean) => Promise<Passed<Answer>>;
  readonly state: () => CircuitState;
  readonly busy: () => boolean;
  /** Stops its timers. Calls under way still get their answers; it isn't asked for others any more. */
  readonly shutDown: () => void;
};

/**
 * Opossum around calls that answer instead of throwing.
 * - It has no timeout: opossum's would drop the answer of a call that goes on, and with it a label that was paid for.
 * - The concurrency is counted here: opossum counts a call too many as a failure of the other side.
 */
export const circuit = (limits: CircuitLimits, changed: () => void): Circuit => {
  const breaker = new CircuitBreaker((attempt: () => Promise<void>) => attempt(), {
    timeout: false,
    errorThresholdPercentage: limits.failurePercent,
    volumeThreshold: limits.minimumCalls,
    rollingCountTimeout: limits.windowMs,
    resetTimeout: limits.coolDownMs,
    rollingPercentilesEnabled: false,
    enableSnapshots: false,
  });
  breaker.on('open', changed);
  breaker.on('halfOpen', changed);
  breaker.on('close', changed);
  let underWay = 0;
  return {
    pass: async (call, failed) => {
      if (underWay >= limits.concurrency) return { kind: 'left', because: 'full' };
      underWay += 1;
      try {
        return await throughBreaker(breaker, call, failed);
      } finally {
        underWay -= 1;
      }
    },
    state: () => (breaker.opened ? 'open' : breaker.halfOpen ? 'halfOpen' : 'closed'),
    busy: () => underWay > 0,
    shutDown: () => breaker.shutdown(),
  };
};

type Breaker = CircuitBreaker<[attempt: () => Promise<void>], void>;

/** Opossum counts rejections only: what counts as a failure is thrown inside and unwrapped here. */
const throughBreaker = async <Answer>(
  breaker: Breaker,
  call: () => Promise<Answer>,
  failed: (answer: Answer) => boolean,
): Promise<Passed<Answer>> => {
  let passed: Passed<Answer> = { kind: 'left', because: 'open' };
  try {
    await breaker.fire(async () => {
      const answer = await call();
      passed = { kind: 'made', answer };
      if (failed(answer)) throw new Error('the answer counts as a failure');
    });
  } catch (error) {
    if (passed.kind === 'left' && !isBreakersOwn(error)) throw error;
  }
  return passed;
};

const isBreakersOwn = (error: unknown): boolean => error instanceof Error && CircuitBreaker.isOurError(error);
