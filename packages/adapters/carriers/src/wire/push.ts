import { err, type NumberTold, ok, type PushUnreadable, type Result } from '@rappit/domain';

/** The JSON of a body; undefined where it is none. */
export const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

/** What was told of numbers; a body that tells of none isn't what a carrier sends. */
export const toldOf = (told: readonly NumberTold[]): Result<readonly NumberTold[], PushUnreadable> =>
  told.length > 0 ? ok(told) : err({ code: 'delivery.unreadable', path: '' });
