import type { Persistence } from '@rappit/persistence';
import type { Readiness } from './http/deps.js';

/** How long the database may take to answer before it counts as away. */
const PATIENCE_MS = 2_000;

/** Whether this process can do its work: the database answers. */
export const readiness = (persistence: Pick<Persistence, 'ping'>) => async (): Promise<Readiness> => {
  const database = await inTime(persistence.ping());
  return { ready: database, checks: { database: database ? 'up' : 'down' } };
};

const inTime = async (work: Promise<void>): Promise<boolean> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), PATIENCE_MS);
  });
  try {
    return await Promise.race([work.then(() => true), late]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
};
