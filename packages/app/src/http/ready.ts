/** Whether the service can do its work. No secrets. */
export type Readiness = {
  readonly ready: boolean;
  /** In a word how each thing stands that it needs (`up`, `down`, `pending`). */
  readonly checks: Readonly<Record<string, string>>;
  /** How long each took to say so. Milliseconds. */
  readonly tookMs: Readonly<Record<string, number>>;
  /** How many jobs wait, over all processes; nothing where nobody could say. */
  readonly queue?: { readonly due: number; readonly later: number; readonly failed: number };
};
