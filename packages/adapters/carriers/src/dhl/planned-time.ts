import { type CarrierRefused, ok, type Result } from '@rappit/domain';
import { refused } from '../wire/answers.js';
import { dayAfter, wallTimeOf } from '../wire/wall-clock.js';

const LEAD_MS = 15 * 60_000;
const MAX_DAYS = 10;

/**
 * When a parcel will be handed over, as DHL writes moments: `2026-03-02T16:00:00 GMT+01:00`, by the sender's clock, never in the past
 * (DHL refuses what is past when it arrives) and ten days ahead at most.
 */
export const plannedTime = (shipOn: string | null, now: Date, timeZone: string): Result<string, CarrierRefused> => {
  const soon = wallTimeOf(new Date(now.getTime() + LEAD_MS), timeZone);
  const written = (day: string, time: string, offset: string) => ok(`${day}T${time} GMT${offset}`);
  if (shipOn === null || shipOn === soon.day) return written(soon.day, soon.time, soon.offset);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(shipOn) || shipOn < soon.day || shipOn > dayAfter(soon.day, MAX_DAYS))
    return refused(`The day must lie between today and ${MAX_DAYS} days from now.`, 'shipOn');
  const noon = wallTimeOf(new Date(`${shipOn}T12:00:00Z`), timeZone);
  return written(shipOn, '12:00:00', noon.offset);
};
