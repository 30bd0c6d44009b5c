const HTTP_DATE = /^\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** Seconds that a `Retry-After` asks to wait, whether it names seconds or a date (RFC 9110 §10.2.3); null for anything else. */
export const retryAfterOf = (text: string | undefined, now: Date): number | null => {
  if (text === undefined) return null;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  const until = HTTP_DATE.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(until) ? null : Math.max(0, Math.ceil((until - now.getTime()) / 1_000));
};
