import { err, type OrganizationId, ok, type UnitOfWork, type Vault } from '../kernel/index.js';
import type { Carrier } from './carrier.port.js';
import { type AccountDetails, type CarrierAccount, chooseAccount, credentialsOf } from './carrier-account.js';
import type { CarrierAccountStores } from './carrier-accounts.port.js';
import { type Carriers, type CarrierTerms, noTerms } from './carriers.port.js';

/** An organization's account, and its credentials for whoever has to open them: a carrier that is remembered doesn't. */
export type OpenableAccount = {
  readonly organizationId: OrganizationId;
  readonly account: CarrierAccount;
  readonly credentials: () => AccountDetails;
};

/** How carriers are reached. May remember what it has made by the account's id and version, and by nothing less. */
export type CarrierConnections = {
  /** Of all carriers that can be reached, each once. */
  readonly codes: readonly string[];
  /** On the installation's own account; undefined where it has none there. */
  readonly installation: (code: string) => Carrier | undefined;
  /** On the organization's account; undefined where there is no such carrier any more. */
  readonly ofAccount: (account: OpenableAccount) => Carrier | undefined;
};

type Deps = {
  readonly unitOfWork: Pick<UnitOfWork<CarrierAccountStores>, 'read'>;
  readonly vault: Pick<Vault, 'open'>;
  readonly connections: CarrierConnections;
};

/**
 * Carriers on the accounts that organizations keep. The account is read each time that it is asked for: what was changed or removed in
 * another process counts at once, and what is remembered of an older version is nobody's any more.
 */
export const carriersOfAccounts = ({ unitOfWork, vault, connections }: Deps): Carriers => {
  const { codes, installation, ofAccount } = connections;
  const connect = (organizationId: OrganizationId, { account, sealed }: KeptAccount): Carrier | undefined =>
    sealed === undefined
      ? undefined
      : ofAccount({
          organizationId,
          account,
          credentials: () => JSON.parse(vault.open(sealed, credentialsOf(organizationId, account.id))) as AccountDetails,
        });
  return {
    codes,
    choose: async (organizationId, { carrier: code, accountId }) => {
      const chosen = await unitOfWork.read(organizationId, async (stores) => {
        const found = chooseAccount(await stores.carrierAccounts.ofCarrier(code), accountId);
        return found.ok ? ok(found.value && (await keptOf(stores, found.value))) : found;
      });
      if (!chosen.ok) return chosen;
      const carrier = chosen.value ? connect(organizationId, chosen.value) : installation(code);
      if (!carrier) return err({ code: 'carrier.unknown' });
      const account = chosen.value?.account;
      return ok({ carrier, accountId: account?.id ?? null, terms: account ? termsOf(account) : noTerms });
    },
    find: async (organizationId, { carrier: code, accountId }) => {
      if (accountId === null) return installation(code);
      const kept = await unitOfWork.read(organizationId, async (stores) => {
        const account = await stores.carrierAccounts.find(accountId);
        return account?.carrier === code ? keptOf(stores, account) : undefined;
      });
      return kept && connect(organizationId, kept);
    },
  };
};

type KeptAccount = { readonly account: CarrierAccount; readonly sealed: string | undefined };

const keptOf = async ({ carrierAccounts }: CarrierAccountStores, account: CarrierAccount): Promise<KeptAccount> => ({
  account,
  sealed: await carrierAccounts.sealedOf(account.id),
});

const termsOf = ({ shipper, defaultService, labelFormat }: CarrierAccount): CarrierTerms => ({
  shipper,
  defaultService,
  labelFormat,
});
