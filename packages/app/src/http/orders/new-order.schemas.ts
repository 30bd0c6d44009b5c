import {
  type DraftLine,
  MAX_ORDER_LINES,
  MAX_PRICE_MINOR,
  MAX_TAGS,
  type OrderDraft,
  paymentMethods,
  paymentStatuses,
} from '@rappit/domain';
import Type, { type Static } from 'typebox';
import { AddressInput, addressOf } from '../address.schemas.js';
import { closed, component, integer, listOf, oneOf, orNull, quantity, skuText, text, textOrNull } from '../vocabulary.schemas.js';

const amount = (description: string) => Type.Optional(integer(0, MAX_PRICE_MINOR, { default: 0, description }));

export const NewLine = component(
  'NewOrderLine',
  Type.Object(
    {
      sku: skuText,
      name: Type.Optional(textOrNull(300, { description: "Left out it is the item's own." })),
      quantity,
      unitPriceMinor: amount("Minor units of the order's currency."),
      taxMinor: amount('Of the whole line.'),
      discountMinor: amount('Of the whole line.'),
    },
    closed,
  ),
);

export const tagList = listOf(text(50), { maxItems: MAX_TAGS, uniqueItems: true });

const CustomerInput = Type.Object(
  {
    externalId: Type.Optional(textOrNull(100)),
    name: Type.Optional(textOrNull(200)),
    email: Type.Optional(textOrNull(254)),
    phone: Type.Optional(textOrNull(50)),
  },
  closed,
);

export const NewOrder = component(
  'NewOrder',
  Type.Object(
    {
      currency: Type.String({ pattern: '^[A-Z]{3}$', description: 'ISO 4217.' }),
      lines: listOf(NewLine.ref, {
        minItems: 1,
        maxItems: MAX_ORDER_LINES,
        description: 'Lines on one SKU are summed before stock is looked at.',
      }),
      customer: Type.Optional(orNull(CustomerInput)),
      shippingAddress: Type.Optional(orNull(AddressInput.ref)),
      billingAddress: Type.Optional(orNull(AddressInput.ref)),
      shippingMinor: amount('What shipping costs the customer.'),
      paymentStatus: Type.Optional(oneOf(paymentStatuses, { default: 'pending' })),
      paymentMethod: Type.Optional(
        oneOf(paymentMethods, {
          description:
            'With `prepaid` and a pending payment stock is promised for the payment window only. Left out nothing is known of it, and stock is promised for good.',
        }),
      ),
      tags: Type.Optional(tagList),
      onShortage: Type.Optional(
        oneOf(['reject', 'backorder'], {
          default: 'reject',
          description: '`reject` reserves everything or nothing; `backorder` lets what is missing wait.',
        }),
      ),
    },
    {
      ...closed,
      examples: [{ currency: 'EUR', lines: [{ sku: 'TEE-BLACK-M', quantity: 2, unitPriceMinor: 1900 }], paymentStatus: 'paid' }],
    },
  ),
);
export const newOrderComponents = [NewLine, NewOrder];

type Asked = Static<typeof NewOrder.ref>;

/** An order from the API. What was left out is what the schema says it is then. */
export const draftOf = (asked: Asked): OrderDraft => ({
  source: { kind: 'api' },
  currency: asked.currency,
  customer: asked.customer ? customerOf(asked.customer) : null,
  shippingAddress: asked.shippingAddress ? addressOf(asked.shippingAddress) : null,
  billingAddress: asked.billingAddress ? addressOf(asked.billingAddress) : null,
  lines: asked.lines.map(draftLineOf),
  shippingMinor: asked.shippingMinor ?? 0,
  totals: null,
  paymentStatus: asked.paymentStatus ?? 'pending',
  paymentMethod: asked.paymentMethod ?? null,
  tags: asked.tags ?? [],
  onShortage: asked.onShortage ?? 'reject',
});

const customerOf = ({ externalId, name, email, phone }: NonNullable<Asked['customer']>): OrderDraft['customer'] => ({
  externalId: externalId ?? null,
  name: name ?? null,
  email: email ?? null,
  phone: phone ?? null,
});

export const draftLineOf = (line: Asked['lines'][number]): DraftLine & { readonly sku: string } => ({
  sku: line.sku,
  name: line.name ?? null,
  quantity: line.quantity,
  unitPriceMinor: line.unitPriceMinor ?? 0,
  taxMinor: line.taxMinor ?? 0,
  discountMinor: line.discountMinor ?? 0,
  shipped: 0,
  cancelled: 0,
  external: null,
});
