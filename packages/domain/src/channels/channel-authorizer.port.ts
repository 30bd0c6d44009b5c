import type { Result } from '../kernel/index.js';
import type { ChannelKind, ShopDomainInvalid } from './channel.js';
import type { SalesChannel, ShopDoRefused, ShopUnauthorized, ShopUnavailable } from './sales-channel.port.js';

/** What came back isn't what the shop would have sent, or grants less than was asked for. Nothing was kept. */
export type AuthorizationInvalid = { readonly code: 'authorization.invalid' };

/** Something that the owner has to type in is missing, or can't be what it is called. `field` says which. */
export type CredentialsInvalid = { readonly code: 'channel.credentials_invalid'; readonly field: string };

/** What a shop's owner let us have. */
export type Granted = {
  /** Opaque text in the adapter's own shape. Sealed wherever it is kept, and never logged. */
  readonly credentials: string;
  /** They end then, and are renewed before it; null when they don't end. */
  readonly expiresAt: Date | null;
  /** From then on only the owner can connect the shop again; null when that is never so. */
  readonly renewableUntil: Date | null;
};

/**
 * How one kind of shop lets us in.
 * - `start` says where the owner's browser goes; `state` comes back with it. It normalises the shop's domain or URL, and refuses what is no
 *   shop of this kind or what points inside our network.
 * - `stateOf` finds the state in what was brought back, whatever else it is.
 * - `finish` reads what the browser or the shop brought back, exchanges it, and proves it by a harmless call.
 * - `renew` answers a new pair for one that ends, and survives a lost answer as far as the shop allows. `shop.unauthorized` says that the
 *   owner has to connect the shop again.
 * - `fromKeys` reads credentials that the owner typed in, by their names. Nobody has proven them yet.
 */
export type ChannelAuthorizer = {
  readonly kind: ChannelKind;
  /** Who brings it back: the browser that was sent there, or the shop itself. */
  readonly broughtBy: 'browser' | 'shop';
  /** What `fromKeys` asks for. */
  readonly keys: readonly string[];
  readonly start: (
    shop: string,
    state: string,
  ) => Result<{ readonly shopDomain: string; readonly url: string }, ShopDomainInvalid>;
  readonly stateOf: (brought: Readonly<Record<string, unknown>>) => string | undefined;
  readonly finish: (
    shopDomain: string,
    brought: Readonly<Record<string, unknown>>,
  ) => Promise<Result<Granted, ShopDoRefused | AuthorizationInvalid>>;
  readonly renew: (shopDomain: string, credentials: string) => Promise<Result<Granted, ShopDoRefused>>;
  readonly fromKeys: (
    shop: string,
    keys: Readonly<Record<string, string>>,
  ) => Result<{ readonly shopDomain: string; readonly credentials: string }, ShopDomainInvalid | CredentialsInvalid>;
};

/** What lets us in now; unavailable while it is being renewed and no longer good. */
export type CurrentCredentials = () => Promise<Result<string, ShopUnauthorized | ShopUnavailable>>;

/** A shop that is connected. Its credentials are asked for at each call, since they may have been renewed meanwhile. */
export type OpenShop = (shopDomain: string, credentials: CurrentCredentials) => SalesChannel;

/**
 * How one kind of shop is reached. `appSecrets` are what the installation's own app signs webhooks with, the newest first, for channels that
 * were connected by consent; null where each channel is given a secret of ours to sign with.
 */
export type ShopConnection = {
  readonly authorizer: ChannelAuthorizer;
  readonly open: OpenShop;
  /** Whether owners can be asked for their consent: where the installation has an app of its own, if that takes one. */
  readonly consent: boolean;
  readonly appSecrets: readonly string[] | null;
};
export type ShopConnections = Readonly<Partial<Record<ChannelKind, ShopConnection>>>;
