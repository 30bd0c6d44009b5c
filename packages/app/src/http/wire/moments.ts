const RFC3339 =
  /^((?!0000)\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/** A moment by RFC 3339 that a `Date` can hold: no year 0, no 30th of February, and no leap second, which no clock of ours ever shows. */
export const isMoment = (text: string): boolean => {
  const [, date] = RFC3339.exec(text) ?? [];
  return date !== undefined && new Date(`${date}T00:00:00.000Z`).toISOString().startsWith(date);
};

/** A day of the calendar, `YYYY-MM-DD`. */
export const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && isMoment(`${text}T00:00:00Z`);
