const DAY_MS = 86_400_000;

/**
 * How long an answer wants to be left alone (RFC 9110, 10.2.3), at most a day: a number of seconds (Shopify writes
 * `2.0`), or a moment, which is counted from the answer's own `Date`. Null where it says nothing that can be used.
 */
export const retryAfterMsOf = (headers: Readonly<Record<string, string>>): number | null => {
  const said = headers['retry-after']?.trim() ?? '';
  const ms = /^\d{1,9}(?:\.\d{1,3})?$/.test(said)
    ? Math.ceil(Number(said) * 1_000)
    : Date.parse(said) - Date.parse(headers['date'] ?? '');
  return Number.isFinite(ms) && ms > 0 ? Math.min(ms, DAY_MS) : null;
};
