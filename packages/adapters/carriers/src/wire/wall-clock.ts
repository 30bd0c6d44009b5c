/** A clock on a wall: the day, the time, and how far it is from UTC. */
export type WallTime = { readonly day: string; readonly time: string; readonly offset: string };

const HOUR_MS = 3_600_000;

/** What the clocks on the walls of a time zone (IANA) show at a moment. `offset` is `+01:00`. */
export const wallTimeOf = (at: Date, timeZone: string): WallTime => {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'longOffset',
  }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((one) => one.type === type)?.value ?? '';
  return {
    day: `${part('year')}-${part('month')}-${part('day')}`,
    time: `${part('hour')}:${part('minute')}:${part('second')}`,
    offset: part('timeZoneName').replace('GMT', '') || '+00:00',
  };
};

/** The day so many days later. */
export const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T12:00:00Z`) + days * 24 * HOUR_MS).toISOString().slice(0, 10);

/** When a day begins in a time zone; on a day when the clocks change it may be an hour off. */
export const startOfDay = (day: string, timeZone: string): Date =>
  new Date(`${day}T00:00:00${wallTimeOf(new Date(`${day}T12:00:00Z`), timeZone).offset}`);

/** Minutes of `+01:00`, `-0330` or `Z`; null for anything else. */
export const offsetMinutesOf = (offset: string | null): number | null => {
  if (offset === 'Z') return 0;
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(offset ?? '') ?? [];
  return sign === undefined ? null : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) || 0;
};
