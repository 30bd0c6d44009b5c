import { MAX_PAGE } from '../kernel/index.js';
import type { JoinedMember } from './member.js';
import type { TenancyStores } from './stores.port.js';

/** Every admin of an organization, who is told what concerns all of it. */
export const adminsOf = async ({ members }: Pick<TenancyStores, 'members'>): Promise<readonly JoinedMember[]> => {
  const admins: JoinedMember[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await members.list({ limit: MAX_PAGE, cursor });
    admins.push(...page.data.filter(({ role }) => role === 'admin'));
    if (page.nextCursor === null) return admins;
    cursor = page.nextCursor;
  }
};
