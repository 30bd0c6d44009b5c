import { roles } from './member.js';
import { may, type Permission, permissions } from './permissions.js';

const all = Object.keys(permissions) as Permission[];
const holdersOf = (permission: Permission): string => roles.filter((role) => may(role, permission)).join(', ');

/** Written down a second time on purpose: whoever opens something to more than admins has to say so here too. */
const forEverybody = {
  'look after their own account': ['account.view', 'account.manage'],
  'see the organization and its members': ['organization.view', 'member.view', 'apiKey.view'],
  'see items, stock, orders, shipments, returns and channels': [
    ...(['item.view', 'location.view', 'inventory.view', 'import.view'] as const),
    ...(['order.view', 'shipment.view', 'return.view', 'channel.view'] as const),
  ],
  'work in the warehouse': ['inventory.adjust', 'order.ready', 'order.note', 'shipment.create', 'return.handle'],
} as const satisfies Readonly<Record<string, readonly Permission[]>>;

const forManagers = [
  ...([
    'audit.view',
    'item.write',
    'location.write',
    'order.write',
    'channel.map',
    'channel.sync',
    'shipment.cancel',
    'return.decide',
  ] as const),
  ...(['inventory.transfer', 'inventory.plan', 'inventory.import'] as const),
] as const satisfies readonly Permission[];

describe('who may do what', () => {
  it.each(Object.entries(forEverybody))('everybody may %s', (_, granted) => {
    for (const permission of granted)
      expect(`${permission}: ${holdersOf(permission)}`).toBe(`${permission}: admin, manager, operator`);
  });

  it.each(forManagers)('managers may %s, operators may not', (permission) => {
    expect(holdersOf(permission)).toBe('admin, manager');
  });

  it('leaves everything else to admins, also what is added next year', () => {
    const opened: readonly Permission[] = [...Object.values(forEverybody).flat(), ...forManagers];
    const rest = all.filter((permission) => !opened.includes(permission));
    expect(rest).toContain('apiKey.manage');
    for (const permission of rest) expect(`${permission}: ${holdersOf(permission)}`).toBe(`${permission}: admin`);
  });

  it('lets nobody below have what somebody above has not', () => {
    for (const holders of Object.values(permissions)) expect(holders).toEqual(roles.slice(0, holders.length));
  });
});
