import { tokens } from '../../packages/app/src/container/tokens.js';
import type { ConnectedShops } from './connected-shops.js';

/** Works off whatever shops have told, and answers what was given up. */
export const inboxEmptied = async ({ apps, organizationId, admin }: ConnectedShops): Promise<readonly string[]> => {
  const useCases = await apps[0]?.wired.get(tokens.useCases);
  for (;;) {
    await useCases?.workInbox(organizationId);
    // What is tried again later is tried again now.
    await admin.query("UPDATE inbox SET due_at = now() WHERE status = 'due' AND outcome IS NOT NULL");
    const { rows } = await admin.query<{ due: string }>("SELECT count(*) AS due FROM inbox WHERE status = 'due'");
    if (rows[0]?.due === '0') break;
  }
  const { rows } = await admin.query<{ outcome: string; topic: string }>(
    "SELECT topic, outcome FROM inbox WHERE status = 'dead'",
  );
  return rows.map(({ topic, outcome }) => `${topic}: ${outcome}`);
};

/** Somebody else's change is left standing for a while, for its news to arrive. That time is over now. */
const letSettle = ({ admin }: ConnectedShops) =>
  admin.query("UPDATE channel_stock SET settles_at = now(), due_at = now() WHERE status = 'due' AND due_at = settles_at");

const ROUNDS = 200;

/** Has waiting orders served and stock shown until there is nothing to do, or `isDone`. */
export const stockShown = async (shops: ConnectedShops, isDone: () => Promise<boolean>): Promise<void> => {
  const useCases = await shops.apps[0]?.wired.get(tokens.useCases);
  const { organizationId } = shops;
  for (let round = 0; round < ROUNDS && !(await isDone()); round += 1) {
    await useCases?.nameKnownGoods(organizationId);
    await useCases?.serveBacklog(organizationId);
    await letSettle(shops);
    await useCases?.showStock(organizationId);
  }
};
