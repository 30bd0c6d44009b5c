import type { Caller } from '../kernel/index.js';
import { UserId } from './member.js';
import { may, type Permission } from './permissions.js';
import type { TenancyStores } from './stores.port.js';

/** The own role doesn't allow it. */
export type PermissionDenied = { readonly code: 'permission.denied' };

/**
 * Whether a member may still do what the request was let in for. Asked once the organization is locked, since somebody else may have taken
 * the role away meanwhile, or the role may have been remembered. Whoever isn't a user was asked at the door, and isn't asked again.
 */
export const stillMay = async (
  { members }: Pick<TenancyStores, 'members'>,
  { actor }: Pick<Caller, 'actor'>,
  permission: Permission,
): Promise<boolean> => {
  if (actor.kind !== 'user') return true;
  const member = await members.find(UserId(actor.id));
  return member !== undefined && may(member.role, permission);
};
