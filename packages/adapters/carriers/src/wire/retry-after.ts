const DAY_S = 86_400;

const atMostADay = (seconds: number): number | undefined =>
  Number.isFinite(seconds) && seconds > 0 ? Math.min(Math.ceil(seconds), DAY_S) : undefined;

/**
 * How many seconds an answer wants to be left alone (RFC 9110, 10.2.3), at most a day: a number of them, or a moment, which is counted
 * from the answer's own `Date`, so that our clock doesn't matter. Undefined where it says nothing that can be used.
 */
export const retryAfterOf = (headers: Readonly<Record<string, string>>): number | undefined => {
  const said = headers['retry-after']?.trim();
  if (said === undefined) return undefined;
  if (/^\d{1,9}$/.test(said)) return atMostADay(Number(said));
  return atMostADay((Date.parse(said) - Date.parse(headers['date'] ?? '')) / 1_000);
};
