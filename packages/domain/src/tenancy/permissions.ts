import { type Role, roles } from './member.js';

const all: readonly Role[] = roles;
const managers: readonly Role[] = ['admin', 'manager'];
const admins: readonly Role[] = ['admin'];

/**
 * Who may do what: the one table that routes, tests and documents are made from.
 * A permission that isn't for everybody or for managers is for admins only.
 */
export const permissions = {
  'account.view': all,
  'account.manage': all,
  'apiKey.view': all,
  'apiKey.manage': admins,
  'organization.view': all,
  'organization.manage': admins,
  'member.view': all,
  'member.manage': admins,
  'audit.view': managers,
  'import.view': all,
  'item.view': all,
  'item.write': managers,
  'location.view': all,
  'location.write': managers,
  'inventory.view': all,
  'inventory.adjust': all,
  'inventory.transfer': managers,
  'inventory.plan': managers,
  'inventory.import': managers,
  'reservation.release': admins,
  'order.view': all,
  'order.write': managers,
  'order.ready': all,
  'order.note': all,
  'return.view': all,
  'return.handle': all,
  'return.decide': managers,
  'shipment.view': all,
  'shipment.create': all,
  'shipment.cancel': managers,
  'carrierAccount.view': admins,
  'carrierAccount.manage': admins,
  'channel.view': all,
  'channel.connect': admins,
  'channel.map': managers,
  'channel.sync': managers,
  'webhook.view': admins,
  'webhook.manage': admins,
  'billing.view': admins,
  'billing.manage': admins,
} as const satisfies Readonly<Record<string, readonly Role[]>>;

export type Permission = keyof typeof permissions;

export const may = (role: Role, permission: Permission): boolean => permissions[permission].includes(role);
