/** What a user, a shop or a carrier can cause is an answer, not an exception. */
export type Ok<Value> = { readonly ok: true; readonly value: Value };
export type Err<Refused> = { readonly ok: false; readonly error: Refused };
export type Result<Value, Refused> = Ok<Value> | Err<Refused>;

export const ok = <Value>(value: Value): Ok<Value> => ({ ok: true, value });
export const err = <Refused>(error: Refused): Err<Refused> => ({ ok: false, error });

/** The shape of every refusal: a stable `noun.reason` code and facts that are safe to show to whoever asked. */
export type Refusal = { readonly code: string };
