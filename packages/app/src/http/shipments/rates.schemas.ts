import { type Offers as DomainOffers, type AddressVerdict as DomainVerdict, MAX_PRICE_MINOR } from '@rappit/domain';
import Type, { type Static } from 'typebox';
import { Address, AddressInput } from '../address.schemas.js';
import {
  anyText,
  anyTextOrNull,
  closed,
  component,
  integer,
  listOf,
  orNull,
  text,
  uuid,
  uuidOrNull,
} from '../vocabulary.schemas.js';
import { Money, ParcelInput } from './shipments.schemas.js';
import { currency, optionFields } from './shipping-options.schemas.js';
import { wantedLines } from './wanted-lines.schemas.js';

const carrierCode = text(50, { description: "The carrier's code." });
const onAccount = { carrier: carrierCode, accountId: Type.Optional(uuid) };

const { labelFormat: _printed, ...asked } = optionFields;
export const RateQuestion = component(
  'RateQuestion',
  Type.Object(
    {
      orderId: Type.Optional(uuid),
      locationId: Type.Optional(uuid),
      ...wantedLines,
      from: Type.Optional(AddressInput.ref),
      to: Type.Optional(AddressInput.ref),
      goodsValue: Type.Optional(
        Type.Object(
          { amountMinor: integer(1, MAX_PRICE_MINOR), currency },
          { ...closed, description: 'Between two addresses: needed where customs is in between.' },
        ),
      ),
      parcels: listOf(ParcelInput.ref, { minItems: 1, maxItems: 50 }),
      carriers: Type.Optional(
        listOf(Type.Object(onAccount, closed), {
          minItems: 1,
          maxItems: 10,
          description: 'Left out all carriers are asked that the organization may use, each on its usual account.',
        }),
      ),
      ...asked,
    },
    {
      ...closed,
      description: 'Of an order (`orderId`), or between two addresses (`from` and `to`).',
      examples: [
        {
          orderId: '019b2f7e-5c1a-7b53-9d42-0f6e8a1c3b57',
          parcels: [{ weightGrams: 1200, lengthMm: 300, widthMm: 200, heightMm: 150 }],
        },
      ],
    },
  ),
);

export const Offers = component(
  'Offers',
  Type.Object(
    {
      rates: listOf(
        Type.Object(
          {
            carrier: anyText,
            accountId: uuidOrNull,
            service: anyText,
            name: anyText,
            price: orNull(Money.ref),
            deliveryOn: orNull(Type.String({ format: 'date' })),
            cheapest: Type.Boolean({
              description:
                'No other rate of its currency costs less: amounts of different currencies are not compared. A rate whose price is null is never cheapest.',
            }),
            fastest: Type.Boolean({ description: 'No other is delivered on an earlier day.' }),
          },
          closed,
        ),
      ),
      failed: listOf(Type.Object({ carrier: anyText, code: anyText, message: anyText, path: anyTextOrNull }, closed), {
        description: 'Carriers that had nothing to offer, and why.',
      }),
    },
    closed,
  ),
);

export const AddressQuestion = component('AddressQuestion', Type.Object({ ...onAccount, address: AddressInput.ref }, closed));
export const AddressVerdict = component(
  'AddressVerdict',
  Type.Object(
    {
      deliverable: Type.Boolean(),
      residential: orNull(Type.Boolean()),
      better: orNull(Address.ref),
      remarks: listOf(anyText),
    },
    { ...closed, description: 'What the carrier thinks of an address. `better` is how it would write it.' },
  ),
);
export const rateComponents = [RateQuestion, Offers, AddressQuestion, AddressVerdict];

export const offersView = (offers: DomainOffers): Static<typeof Offers.ref> => offers;
export const verdictView = (verdict: DomainVerdict): Static<typeof AddressVerdict.ref> => verdict;
