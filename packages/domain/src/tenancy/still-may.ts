import type { Caller } from '../kernel/index.js';
import { type Role, roles, UserId } from './member.js';
import { may, type Permission } from './permissions.js';
import type { TenancyStores } from './stores.port.js';

/** The own role doesn't allow it. */
export type PermissionDenied = { readonly code: 'permission.denied' };

type Asked = Pick<Caller, 'actor'>;
type Stores = Pick<TenancyStores, 'members'>;

/**
 * Whether a member may still do what the request was let in for. Asked once the organization is locked, since somebody else may have taken
 * the role away meanwhile, or the role may have been remembered. Whoever isn't a user was asked at the door, and isn't asked again.
 */
export const stillMay = (stores: Stores, caller: Asked, permission: Permission): Promise<boolean> =>
  asked(stores, caller, (held) => may(held, permission));

/** The same for giving somebody a role: nobody gives more than they have. */
export const stillMayGive = (stores: Stores, caller: Asked, role: Role): Promise<boolean> =>
  asked(stores, caller, (held) => mayGive(held, role));

/** Whether whoever holds a role may give that one to others. */
export const mayGive = (held: Role, given: Role): boolean =>
  may(held, 'member.manage') && roles.indexOf(held) <= roles.indexOf(given);

const asked = async ({ members }: Stores, { actor }: Asked, allows: (held: Role) => boolean): Promise<boolean> => {
  if (actor.kind !== 'user') return true;
  const member = await members.find(UserId(actor.id));
  return member !== undefined && allows(member.role);
};
