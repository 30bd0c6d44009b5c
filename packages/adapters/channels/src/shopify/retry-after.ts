const DAY_MS = 86_400_000;

/** How long an answer wants us to stay away, in milliseconds, at most a day; null where it doesn't say it in seconds. Shopify writes `2.0`. */
export const retryAfterMsOf = (headers: Readonly<Record<string, string>>): number | null => {
  const said = headers['retry-after']?.trim() ?? '';
  return /^\d{1,7}(?:\.\d{1,3})?$/.test(said) ? Math.min(DAY_MS, Math.ceil(Number(said) * 1_000)) : null;
};
