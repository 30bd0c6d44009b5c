import { roles } from './member.js';
import { may, permissions } from './permissions.js';

const holdersOf = (permission: keyof typeof permissions): string => roles.filter((role) => may(role, permission)).join(', ');

describe('who may do what', () => {
  it.each([
    [
      'see the organization, its members, items, stock, orders, shipments and channels',
      [
        'organization.view',
        'member.view',
        'apiKey.view',
        'item.view',
        'inventory.view',
        'order.view',
        'shipment.view',
        'channel.view',
      ],
    ],
    ['work in the warehouse', ['inventory.adjust', 'order.ready', 'order.note', 'shipment.create']],
  ] as const)('everybody may %s', (_, granted) => {
    for (const permission of granted)
      expect(`${permission}: ${holdersOf(permission)}`).toBe(`${permission}: admin, manager, operator`);
  });

  it.each(['audit.view', 'item.write', 'location.write', 'order.write', 'channel.map'] as const)(
    'managers may %s, operators may not',
    (permission) => {
      expect(holdersOf(permission)).toBe('admin, manager');
    },
  );

  it.each(['organization.manage', 'member.manage', 'apiKey.manage', 'reservation.release', 'channel.connect'] as const)(
    'only admins may %s',
    (permission) => {
      expect(holdersOf(permission)).toBe('admin');
    },
  );

  it('lets nobody below have what somebody above has not', () => {
    for (const holders of Object.values(permissions)) expect(holders).toEqual(roles.slice(0, holders.length));
  });
});
