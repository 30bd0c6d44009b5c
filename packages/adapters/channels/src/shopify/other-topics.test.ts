import { shopifyReader } from './shopify-reader.js';

const read = (topic: string, body: string): unknown => {
  const told = shopifyReader.read(topic, body);
  return told.ok ? told.value : told.error;
};
const unreadable = (path: string) => ({ code: 'delivery.unreadable', path });

it.each([
  ['3', 3],
  ['0', 0],
  ['-2', -2],
  ['"7"', 7],
  ['null', null],
])('reads that a place shows %s', (available, units) => {
  const body = `{"inventory_item_id":271878346596884015,"location_id":24826418,"available":${available},"updated_at":"2026-11-01T10:00:00Z"}`;
  const place = { externalItemId: '271878346596884015', externalLocationId: '24826418' };
  expect(read('inventory_levels/update', body)).toEqual({ kind: 'stock', place, available: units });
});

it.each([
  ['{"location_id":1,"available":1}', 'inventory_item_id'],
  ['{"inventory_item_id":1,"location_id":null,"available":1}', 'location_id'],
  ['{"inventory_item_id":1,"location_id":1,"available":1.5}', 'available'],
  ['{"inventory_item_id":1,"location_id":1,"available":"many"}', 'available'],
  ['[]', 'body'],
])('cannot read stock in %s', (body, path) => {
  expect(read('inventory_levels/update', body)).toEqual(unreadable(path));
});

it.each([
  ['refunds/create', '{"id":929361463,"order_id":9007199254740993}'],
  ['fulfillments/create', '{"id":1,"order_id":9007199254740993}'],
  ['fulfillments/update', '{"id":1,"order_id":"9007199254740993"}'],
  ['orders/edited', '{"order_edit":{"id":78912328793,"order_id":9007199254740993,"line_items":{"additions":[],"removals":[]}}}'],
  ['orders/delete', '{"id":9007199254740993}'],
])('takes %s for a doubt about the order that it names', (topic, body) => {
  expect(read(topic, body)).toEqual({ kind: 'doubtful', externalId: 'gid://shopify/Order/9007199254740993' });
});

it('cannot read a refund of no order', () => {
  expect(read('refunds/create', '{"id":929361463}')).toEqual(unreadable('order_id'));
  expect(read('orders/edited', '{"order_edit":{}}')).toEqual(unreadable('order_edit.order_id'));
});

const customer =
  '"shop_id":954889,"shop_domain":"demo.myshopify.com","customer":{"id":191167,"email":"mina@quokka.example","phone":null}';
const concerned = (orders: readonly string[]) => ({
  externalId: 'gid://shopify/Customer/191167',
  email: 'mina@quokka.example',
  externalOrderIds: orders.map((id) => `gid://shopify/Order/${id}`),
});

it('reads whose data is asked for, and whose is to be erased', () => {
  const request = `{${customer},"orders_requested":[299938,9007199254740993],"data_request":{"id":9999}}`;
  expect(read('customers/data_request', request)).toEqual({
    kind: 'exportPerson',
    person: concerned(['299938', '9007199254740993']),
  });
  expect(read('customers/redact', `{${customer},"orders_to_redact":[299938]}`)).toEqual({
    kind: 'erasePerson',
    person: concerned(['299938']),
  });
});

it('reads of somebody without an account, an e-mail or orders', () => {
  const person = { externalId: null, email: null, externalOrderIds: [] };
  expect(read('customers/redact', '{"customer":{"id":null,"email":"","phone":"+49"}}')).toEqual({ kind: 'erasePerson', person });
  expect(read('customers/redact', '{"shop_id":1}')).toEqual(unreadable('customer'));
});

it('reads that the owner has taken us out, and that the shop is to be forgotten', () => {
  expect(read('app/uninstalled', '{"id":548380009,"myshopify_domain":"demo.myshopify.com"}')).toEqual({ kind: 'disconnected' });
  expect(read('shop/redact', '{"shop_id":954889,"shop_domain":"demo.myshopify.com"}')).toEqual({ kind: 'eraseShop' });
  expect(read('shop/redact', 'no')).toEqual(unreadable('body'));
});
