import type { Insist } from '@rappit/domain';
import { isAway } from './http/problems/unavailable.js';

/** In milliseconds: half a minute in all, which is longer than a database takes to start again or to hand over to another. */
const PAUSES = [250, 500, 1_000, 2_000, 4_000, 8_000, 14_000];

export type Pause = (milliseconds: number) => Promise<void>;

const sleep: Pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Tries again, with longer and longer pauses, while the database is away. */
export const insisting =
  (pause: Pause = sleep): Insist =>
  async (attempt) => {
    for (const milliseconds of PAUSES) {
      try {
        return await attempt();
      } catch (error) {
        if (!isAway(error)) throw error;
      }
      await pause(milliseconds);
    }
    return attempt();
  };
