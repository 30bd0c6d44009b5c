import type { WayToShop as DomainWay } from '@rappit/domain';
import Type, { type Static } from 'typebox';
import { anyInteger, anyText, closed, component, text } from '../vocabulary.schemas.js';

export const NewConnection = component(
  'NewConnection',
  Type.Object(
    {
      storeUrl: text(500, { examples: ['https://shop.example.com'] }),
      name: Type.Optional(text(200, { description: 'What the channel is to be called; its address when it is left out.' })),
    },
    closed,
  ),
);

export const WayToShop = component(
  'WayToShop',
  Type.Object(
    {
      url: Type.Unsafe<string>({ ...anyText, description: "Where the owner's browser is to go." }),
      expiresInSeconds: anyInteger,
    },
    closed,
  ),
);

export const startQuery = Type.Object(
  { shop: text(255, { examples: ['demo.myshopify.com'] }), name: Type.Optional(text(200)) },
  closed,
);

/** Whatever a shop brings back: who it is says its own signature. */
export const broughtByStore = Type.Record(Type.String(), Type.Unknown());

const asItCame = Type.Optional(Type.Unknown());

/** What Shopify's browser brings: these and whatever else, since all of it is signed. */
export const broughtByShopify = Type.Object(
  { ...{ code: asItCame, hmac: asItCame, host: asItCame, shop: asItCame }, ...{ state: asItCame, timestamp: asItCame } },
  { additionalProperties: true },
);

export const connectionComponents = [NewConnection, WayToShop];

export const wayView = ({ url, seconds }: DomainWay): Static<typeof WayToShop.ref> => ({ url, expiresInSeconds: seconds });
