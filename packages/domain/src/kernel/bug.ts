/** Stops on what only we can have caused. Never for what a user or a vendor can cause: that is a refusal. */
export function bug(what: string): never {
  throw new Error(`bug: ${what}`);
}
