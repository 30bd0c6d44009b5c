import { plannedTime } from './planned-time.js';

const winter = new Date('2026-01-05T09:00:00Z');

describe('when DHL is told that a parcel will be handed over', () => {
  it.each<[string, string | null, string, Date, string]>([
    ['a quarter of an hour from now', null, 'Europe/Berlin', winter, '2026-01-05T10:15:00 GMT+01:00'],
    ['the same where today was asked for', '2026-01-05', 'Europe/Berlin', winter, '2026-01-05T10:15:00 GMT+01:00'],
    ['noon on another day', '2026-01-09', 'America/New_York', winter, '2026-01-09T12:00:00 GMT-05:00'],
    ['half hours from UTC', null, 'Asia/Kolkata', winter, '2026-01-05T14:45:00 GMT+05:30'],
    ['no distance from UTC', null, 'UTC', winter, '2026-01-05T09:15:00 GMT+00:00'],
    ['the next day just before midnight', null, 'UTC', new Date('2026-01-05T23:50:00Z'), '2026-01-06T00:05:00 GMT+00:00'],
    ['summer time', '2026-07-03', 'Europe/Berlin', new Date('2026-07-01T09:00:00Z'), '2026-07-03T12:00:00 GMT+02:00'],
  ])('is %s', (_, shipOn, timeZone, now, written) => {
    expect(plannedTime(shipOn, now, timeZone)).toEqual({ ok: true, value: written });
    expect(written).toHaveLength(29);
  });

  it.each(['2026-01-04', '2026-01-16', 'tomorrow', '2026-1-6'])('is never %s', (shipOn) => {
    expect(plannedTime(shipOn, winter, 'Europe/Berlin')).toMatchObject({
      ok: false,
      error: { code: 'carrier.refused', path: 'shipOn' },
    });
  });
});
