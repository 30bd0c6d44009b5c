import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ExternalOrder } from '@rappit/domain';
import { shopifyReader } from './shopify-reader.js';

const read = (body: string): ExternalOrder | undefined => {
  const told = shopifyReader.read('orders/updated', body);
  return told.ok && told.value.kind === 'order' ? told.value.order : undefined;
};
const fates = (order: ExternalOrder | undefined): unknown =>
  order?.lines.map(({ sku, quantity, shipped, cancelled }) => [sku, quantity, shipped, cancelled]);

const money = (amount: string): unknown => ({
  shop_money: { amount, currency_code: 'KWD' },
  presentment_money: { amount: '1.00', currency_code: 'EUR' },
});
const home = {
  name: 'نورة العلي',
  address1: 'شارع quokka ٥',
  city: 'الكويت',
  zip: '13001',
  country_code: 'KW',
  phone: '+96550000000',
};

const ours = {
  admin_graphql_api_id: 'gid://shopify/Order/9007199254740993',
  name: '#1042',
  currency: 'KWD',
  presentment_currency: 'EUR',
  updated_at: '2026-11-20T18:30:00+03:00',
  cancelled_at: null,
  email: 'noura@quokka.example',
  customer: { admin_graphql_api_id: 'gid://shopify/Customer/5', first_name: 'نورة', last_name: 'العلي', email: null },
  shipping_address: home,
  billing_address: null,
  financial_status: 'pending',
  fulfillment_status: 'partial',
  payment_gateway_names: ['Cash on Delivery (COD)'],
  tags: 'gift, صيف',
  total_line_items_price_set: money('22.500'),
  total_discounts_set: money('2.500'),
  total_tax_set: money('0.000'),
  total_shipping_price_set: money('1.250'),
  total_price_set: money('21.250'),
  line_items: [
    {
      admin_graphql_api_id: 'gid://shopify/LineItem/1',
      variant_id: 77,
      sku: 'ABAYA-M',
      name: 'عباءة - M',
      quantity: 3,
      current_quantity: 2,
      fulfillable_quantity: 1,
      fulfillment_status: 'partial',
      price_set: money('7.500'),
      discount_allocations: [{ amount_set: money('2.500') }],
      tax_lines: [],
    },
  ],
  fulfillments: [{ status: 'success', line_items: [{ admin_graphql_api_id: 'gid://shopify/LineItem/1', quantity: 1 }] }],
  refunds: [
    {
      refund_line_items: [{ line_item_id: 1, quantity: 1 }],
      transactions: [
        { kind: 'refund', status: 'success', amount: '7.500', currency: 'KWD' },
        { kind: 'refund', status: 'failure', amount: '1.000', currency: 'KWD' },
        { kind: 'sale', status: 'success', amount: '22.500', currency: 'KWD' },
      ],
    },
  ],
};

it('reads a whole order: partly shipped, partly refunded, sold in another currency than the shop’s', () => {
  expect(read(JSON.stringify(ours))).toEqual({
    externalId: 'gid://shopify/Order/9007199254740993',
    externalNumber: '#1042',
    updatedAt: new Date('2026-11-20T15:30:00Z'),
    currency: 'KWD',
    customer: { externalId: 'gid://shopify/Customer/5', name: 'نورة العلي', email: 'noura@quokka.example', phone: null },
    shippingAddress: {
      name: 'نورة العلي',
      company: null,
      lines: ['شارع quokka ٥'],
      city: 'الكويت',
      region: null,
      postalCode: '13001',
      countryCode: 'KW',
      phone: '+96550000000',
      email: null,
    },
    billingAddress: null,
    lines: [
      {
        sku: 'ABAYA-M',
        name: 'عباءة - M',
        quantity: 3,
        unitPriceMinor: 7_500,
        taxMinor: 0,
        discountMinor: 2_500,
        shipped: 1,
        cancelled: 1,
        external: { lineId: 'gid://shopify/LineItem/1', variantId: '77', sku: 'ABAYA-M' },
      },
    ],
    shippingMinor: 1_250,
    totals: { subtotalMinor: 22_500, discountMinor: 2_500, taxMinor: 0, shippingMinor: 1_250, totalMinor: 21_250 },
    paymentStatus: 'pending',
    paymentMethod: 'cashOnDelivery',
    tags: ['gift', 'صيف'],
    refundedMinor: 7_500,
    cancelReason: null,
    statuses: { payment: 'pending', fulfilment: 'partial' },
  });
});

/** Bodies that Shopify publishes. They aren't part of the repository: where they lie beside it, they are read too. */
const folder = join(import.meta.dirname, '../../../../../../shared/channels/shopify');
const sample = (file: string): ExternalOrder | undefined => read(readFileSync(join(folder, file), 'utf8'));

if (existsSync(folder)) {
  describe('of Shopify’s own samples', () => {
    it('reads a cancelled test order', () => {
      const order = sample('orders-create.json');
      expect(order).toMatchObject({
        externalId: 'gid://shopify/Order/820982911946154508',
        externalNumber: '#9999',
        updatedAt: new Date('2022-04-06T12:09:03Z'),
        currency: 'USD',
        customer: { externalId: 'gid://shopify/Customer/115310627314723954', name: 'John Smith', email: 'jon@doe.ca' },
        shippingAddress: {
          name: 'Steve Shipper',
          lines: ['123 Shipping Street'],
          region: 'KY',
          postalCode: '40003',
          countryCode: 'US',
        },
        totals: { subtotalMinor: 39_800, discountMinor: 500, taxMinor: 0, shippingMinor: 1_000, totalMinor: 40_300 },
        paymentStatus: 'failed',
        paymentMethod: 'prepaid',
        cancelReason: 'customerRequest',
        statuses: { payment: 'voided', fulfilment: 'pending' },
      });
      expect(order?.lines.map(({ external, discountMinor }) => [external?.lineId, external?.variantId, discountMinor])).toEqual([
        ['gid://shopify/LineItem/866550311766439020', '808950810', 0],
        ['gid://shopify/LineItem/141249953214522974', '808950810', 500],
      ]);
      expect(fates(order)).toEqual([
        ['IPOD2008PINK', 1, 0, 1],
        ['IPOD2008PINK', 1, 0, 1],
      ]);
    });

    it('reads a partly refunded order, whose only fulfilment failed', () => {
      const order = sample('orders-updated.partially-refunded.json');
      expect(order).toMatchObject({
        externalNumber: '#1001',
        totals: { subtotalMinor: 59_700, discountMinor: 1_000, taxMinor: 1_194, shippingMinor: 0, totalMinor: 59_894 },
        paymentStatus: 'partiallyRefunded',
        refundedMinor: 20_900,
      });
      expect(order?.lines.map(({ taxMinor, discountMinor }) => [taxMinor, discountMinor])).toEqual([
        [398, 334],
        [398, 333],
        [398, 333],
      ]);
      expect(fates(order)).toEqual([
        ['IPOD2008GREEN', 1, 0, 1],
        ['IPOD2008RED', 1, 0, 0],
        ['IPOD2008BLACK', 1, 0, 1],
      ]);
    });

    it('reads a paid order without a customer or an address', () => {
      const order = sample('orders-create.paid-single-line.json');
      expect(order).toMatchObject({
        customer: null,
        shippingAddress: null,
        billingAddress: null,
        paymentStatus: 'paid',
        totals: { totalMinor: 19_900 },
      });
      expect(fates(order)).toEqual([['IPOD2009BLACK', 1, 0, 0]]);
    });
  });
}
