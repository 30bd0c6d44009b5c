import { inspect, isDeepStrictEqual } from 'node:util';
import type { Refusal, Result } from '@rappit/domain';

const show = (value: unknown): string => inspect(value, { depth: 6, breakLength: 130 });

/** Plain data without what is undefined, so that a missing field and an undefined one are the same. */
const plain = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([key, part]) => (part === undefined ? [] : [[key, plain(part)]])));
};

/** Stops with a message that says what was expected of what. */
export function expectThat(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(what);
}

/** The same data, whatever objects it stands in. */
export const expectEqual = (actual: unknown, expected: unknown, what: string): void =>
  expectThat(isDeepStrictEqual(plain(actual), plain(expected)), `${what}: expected ${show(expected)}, got ${show(actual)}`);

/** The value of a success. */
export const expectOk = <Value>(result: Result<Value, Refusal>, what: string): Value => {
  if (!result.ok) throw new Error(`${what}: expected success, got ${show(result.error)}`);
  return result.value;
};

/** The refusal with this code. */
export const expectRefused = <Refused extends Refusal, Code extends Refused['code']>(
  result: Result<unknown, Refused>,
  code: Code,
  what: string,
): Extract<Refused, { readonly code: Code }> => {
  if (result.ok) throw new Error(`${what}: expected ${code}, got ${show(result.value)}`);
  if (!hasCode(result.error, code)) throw new Error(`${what}: expected ${code}, got ${show(result.error)}`);
  return result.error;
};

const hasCode = <Refused extends Refusal, Code extends string>(
  error: Refused,
  code: Code,
): error is Extract<Refused, { readonly code: Code }> => error.code === code;

/** What the promise was rejected with; an error of its own when it wasn't. */
export const expectRejected = async (work: Promise<unknown>, what: string): Promise<unknown> => {
  try {
    await work;
  } catch (error) {
    return error;
  }
  throw new Error(`${what}: expected an exception`);
};

/** Not done: rejected, or answered with a conflict. Which of the two, a store may choose. */
export const expectNotDone = async (work: Promise<Result<unknown, Refusal>>, what: string): Promise<void> => {
  const answer = await work.catch(() => undefined);
  if (answer === undefined || (!answer.ok && answer.error.code === 'store.conflict')) return;
  throw new Error(`${what}: expected it not to be done, got ${show(answer)}`);
};

const STEP_MS = 20;

/**
 * The answer, if it comes within the time; an error when somebody keeps us waiting. The time is counted in small steps, so that a machine
 * which stands still for a while loses one of them.
 */
export const expectWithin = async <Value>(milliseconds: number, work: Promise<Value>, what: string): Promise<Value> => {
  let timer: ReturnType<typeof setInterval> | undefined;
  let left = milliseconds;
  const late = new Promise<never>((_, reject) => {
    timer = setInterval(() => {
      left -= STEP_MS;
      if (left <= 0) reject(new Error(`${what}: no answer within ${milliseconds} ms`));
    }, STEP_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearInterval(timer);
  }
};
