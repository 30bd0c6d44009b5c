/**
 * What a write costs: whether it needs a subscription that gives full access.
 * - `free` is never refused for want of a payment: signing in and out, one's own account, paying, and who may do what here, as far as it takes access away.
 * - Everything else waits until the subscription gives access again.
 */
export const costs = {
  free: 'Signing in, the own account, paying, roles, and taking access away.',
  'order.place': 'Placing orders by API. Orders that a shop has sold already are taken in at any time.',
  'order.change': 'Changing, holding, paying and cancelling orders, and notes.',
  'return.change': 'Returns, from asking for one to refunding it.',
  'label.buy': 'Asking carriers for rates, and buying labels and pickups.',
  'label.change': 'Cancelling labels and pickups.',
  'item.write': 'Items, also by sheets.',
  'location.write': 'Locations.',
  'stock.change': 'Receiving, adjusting and moving stock, and promises of it.',
  'account.connect': 'Accounts at carriers.',
  'channel.connect': 'Shops, and what their variants are.',
  'member.invite': 'Inviting people.',
  'key.make': 'Keys for programs, and who is told what by webhooks.',
  'organization.change': 'What the organization is called.',
} as const satisfies Readonly<Record<string, string>>;

export type Cost = keyof typeof costs;
