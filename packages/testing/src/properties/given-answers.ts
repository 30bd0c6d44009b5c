import type { Once, Refusal, Result, Shipment, StoredAnswer } from '@rappit/domain';
import { type Said, say } from './said.js';

/** Requests under idempotency keys, and the answers that were given to them: what a replay has to be equal to. */
export type GivenAnswers = {
  readonly under: (key: string) => Once;
  /** What an answer says; a replay counts as one only when it is the very answer that was given. */
  readonly say: <Value>(key: string, result: Result<Value, Refusal>, words: (value: Value) => string) => Said;
};

export const givenAnswers = (): GivenAnswers => {
  const given = new Map<string, StoredAnswer>();
  const answerTo = (key: string, outcome: Result<unknown, Refusal>): StoredAnswer => {
    const shipmentId = outcome.ok ? (outcome.value as { readonly shipment?: Shipment }).shipment?.id : undefined;
    const answer = { status: outcome.ok ? 200 : 409, body: JSON.stringify(outcome), resource: shipmentId ?? null };
    given.set(key, answer);
    return answer;
  };
  return {
    under: (key) => ({ scope: 'POST /story', key, fingerprint: key, answer: (outcome) => answerTo(key, outcome) }),
    say: (key, result, words) => {
      if (result.ok || result.error.code !== 'idempotency.replayed') return say(result, words);
      const { answer } = result.error as Refusal & { readonly answer?: StoredAnswer };
      const first = given.get(key);
      const same = first !== undefined && answer?.body === first.body && answer.status === first.status;
      return same ? 'idempotency.replayed' : 'replayed another answer';
    },
  };
};
