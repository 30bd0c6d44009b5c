import { dhlAccountForm, dhlAccountOf, dhlCarrier } from '@rappit/carriers/dhl';
import { fedexAccountForm, fedexAccountOf, fedexCarrier } from '@rappit/carriers/fedex';
import type {
  AccountDetails,
  AccountForm,
  Carrier,
  CarrierConnections,
  DocumentFormat,
  GuardedFetch,
  OpenableAccount,
} from '@rappit/domain';
import { behindBreaker, type CarrierBreakers } from '@rappit/resilience';
import type { Config } from '../config.js';

/** What is said of an account, by an organization or by the installation. */
type Details = {
  readonly credentials: AccountDetails;
  readonly settings: AccountDetails;
  readonly labelFormat: DocumentFormat | null;
};

/** A carrier that is spoken to, on whichever account. */
export type Connector = { readonly form: AccountForm; readonly connect: (details: Details) => Carrier };

type World = { readonly send: GuardedFetch['send']; readonly now: () => Date; readonly urls: CarrierUrls };
export type CarrierUrls = Readonly<Record<keyof Config['carriers'], string>>;

/** The carriers that Rappit speaks to. */
export const connectorsTo = ({ send, now, urls }: World): readonly Connector[] => [
  {
    form: dhlAccountForm,
    connect: (details) => dhlCarrier({ send, now, account: dhlAccountOf(details, urls.dhl) }),
  },
  {
    form: fedexAccountForm,
    connect: (details) => fedexCarrier({ send, now, account: fedexAccountOf(details, urls.fedex) }),
  },
];

/** More accounts than one process buys on within an hour; each costs some kilobytes. */
const REMEMBERED = 1_000;

export type ConnectionsOptions = {
  readonly connectors: readonly Connector[];
  /** Carriers on the installation's own accounts. */
  readonly own: readonly Carrier[];
  readonly breakers: CarrierBreakers;
  readonly remembered?: number;
};

/**
 * Carriers, each account behind a breaker of its own. One that was made is remembered with its tokens, by its organization, account and
 * version, so that a change of credentials counts from the next call on; the one that wasn't asked for longest is forgotten first.
 */
export const carrierConnections = (options: ConnectionsOptions): CarrierConnections => {
  const { connectors, own, breakers, remembered = REMEMBERED } = options;
  const guarded = (carrier: Carrier, account: string): Carrier => behindBreaker(carrier, { breakers, account });
  const installations = new Map(own.map((carrier) => [carrier.code, guarded(carrier, 'installation')]));
  const made = new Map<string, { readonly version: number; readonly carrier: Carrier }>();
  const make = ({ account, credentials }: OpenableAccount, key: string): Carrier | undefined => {
    const connector = connectors.find(({ form }) => form.carrier === account.carrier);
    const { settings, labelFormat } = account;
    return connector && guarded(connector.connect({ credentials: credentials(), settings, labelFormat }), key);
  };
  return {
    codes: [...new Set([...connectors.map(({ form }) => form.carrier), ...installations.keys()])],
    installation: (code) => installations.get(code),
    ofAccount: (openable) => {
      const { organizationId, account } = openable;
      const key = `${organizationId}/${account.id}`;
      const known = made.get(key);
      const carrier = known?.version === account.version ? known.carrier : make(openable, key);
      // Whoever has read the account before it was changed makes no one forget the newer one.
      if (!carrier || (known && known.version > account.version)) return carrier;
      made.delete(key);
      made.set(key, { version: account.version, carrier });
      const [oldest] = made.keys();
      if (made.size > remembered && oldest !== undefined) made.delete(oldest);
      return carrier;
    },
  };
};
