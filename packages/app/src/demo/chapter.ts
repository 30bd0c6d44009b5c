import type { Api } from '../calling/api-caller.js';
import type { Screen } from './screen.js';

/** What the merchant has: two locations, the goods that the order names, and one item that everybody wants. */
export type Shop = {
  readonly locations: readonly { readonly id: string; readonly name: string }[];
  readonly hotSku: string;
  readonly channelId: string;
  readonly shopDomain: string;
  readonly webhookSecret: string;
};

export type Setting = { readonly show: Screen; readonly baseUrl: string; readonly order: string };

/** What every chapter works with. */
export type Chapter = Setting & { readonly api: Api; readonly shop: Shop };
