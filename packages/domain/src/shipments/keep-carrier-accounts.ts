import {
  type Caller,
  err,
  type IdSource,
  ok,
  type Result,
  type RunRefusal,
  type UnitOfWork,
  type Vault,
} from '../kernel/index.js';
import { type AuditEvent, type AuditStores, auditEntry } from '../tenancy/index.js';
import { type AccountForm, type AccountForms, type DetailFault, faultsOfDetails } from './account-form.js';
import {
  type AccountDetails,
  type CarrierAccount,
  type CarrierAccountNotFound,
  credentialsOf,
  endingOf,
} from './carrier-account.js';
import { CarrierAccountId } from './carrier-account-id.js';
import type { CarrierAccountStore, CarrierAccountStores } from './carrier-accounts.port.js';
import type { CarrierUnknown } from './carriers.port.js';

type Deps = {
  readonly unitOfWork: UnitOfWork<CarrierAccountStores & AuditStores>;
  readonly ids: IdSource;
  readonly vault: Vault;
  readonly accountForms: AccountForms;
};

/** What is wrong with an account's facts, each by its path. No fault repeats a credential. */
export type CarrierAccountInvalid = { readonly code: 'carrier_account.invalid'; readonly faults: readonly DetailFault[] };

type Facts = Pick<CarrierAccount, 'name' | 'settings' | 'shipper' | 'defaultService' | 'labelFormat' | 'active'>;

export type NewCarrierAccount = Facts & {
  readonly carrier: string;
  readonly credentials: AccountDetails;
  /** Null makes the first account of a carrier its default. */
  readonly isDefault: boolean | null;
};

/** What is named is changed. Of the credentials too: those that are left out stay. */
export type CarrierAccountChange = Partial<Facts & { readonly credentials: AccountDetails; readonly isDefault: boolean }>;

/** Keeps an account at a carrier; its credentials are sealed before they are stored. Nobody asks the carrier whether they are right. */
export const addCarrierAccount =
  (deps: Deps) =>
  async (
    caller: Caller,
    { carrier, credentials, isDefault, ...facts }: NewCarrierAccount,
  ): Promise<Result<CarrierAccount, CarrierUnknown | CarrierAccountInvalid | RunRefusal>> => {
    const form = deps.accountForms.get(carrier);
    if (!form) return err({ code: 'carrier.unknown' });
    const faults = faultsOf(form, { ...facts, credentials });
    if (faults.length > 0) return err({ code: 'carrier_account.invalid', faults });
    return deps.unitOfWork.run(
      caller.organizationId,
      async ({ carrierAccounts, audit, now }) => {
        const others = await carrierAccounts.ofCarrier(carrier);
        const account: CarrierAccount = {
          ...facts,
          id: CarrierAccountId(deps.ids.next()),
          carrier,
          name: facts.name.trim(),
          numberEnding: endingOf(credentials[NUMBER] ?? ''),
          isDefault: isDefault ?? !others.some((other) => other.isDefault),
          createdAt: now,
          removedAt: null,
          version: 1,
        };
        if (account.isDefault) await giveWay(carrierAccounts, others);
        await carrierAccounts.save(account, sealedBy(deps, caller, account.id, credentials));
        const event: AuditEvent = { kind: 'carrier_account.added', targetId: account.id, facts: { carrier } };
        await audit.append([auditEntry({ caller, at: now, ids: deps.ids }, event)]);
        return ok(account);
      },
      caller.once,
    );
  };

/**
 * Changes an account, from the next call on. Its number stays, since what was begun is looked for under it: a purchase that can't be found
 * any more would be made again.
 */
export const changeCarrierAccount =
  (deps: Deps) =>
  (
    caller: Caller,
    id: CarrierAccountId,
    change: CarrierAccountChange,
  ): Promise<Result<CarrierAccount, CarrierAccountNotFound | CarrierAccountInvalid | RunRefusal>> =>
    deps.unitOfWork.run<CarrierAccount, CarrierAccountNotFound | CarrierAccountInvalid>(
      caller.organizationId,
      async ({ carrierAccounts, audit, now }) => {
        const found = await carrierAccounts.find(id);
        const sealed = await carrierAccounts.sealedOf(id);
        if (!found || found.removedAt !== null || sealed === undefined) return err({ code: 'carrier_account.not_found' });
        const { credentials: given, ...facts } = change;
        const before = openedBy(deps, caller, id, sealed);
        const credentials = { ...before, ...given };
        const form = deps.accountForms.get(found.carrier);
        const faults = form ? faultsOf(form, { ...found, ...facts, credentials }) : [];
        const moved = credentials[NUMBER] === before[NUMBER] ? [] : [numberStays];
        if (faults.length + moved.length > 0) return err({ code: 'carrier_account.invalid', faults: [...faults, ...moved] });
        if (facts.isDefault)
          await giveWay(
            carrierAccounts,
            (await carrierAccounts.ofCarrier(found.carrier)).filter((other) => other.id !== id),
          );
        const name = facts.name?.trim() ?? found.name;
        const account = { ...found, ...facts, name, version: found.version + 1 };
        await carrierAccounts.save(account, given && sealedBy(deps, caller, id, credentials));
        const event: AuditEvent = {
          kind: 'carrier_account.changed',
          targetId: id,
          facts: { fields: Object.keys(change).sort() },
        };
        await audit.append([auditEntry({ caller, at: now, ids: deps.ids }, event)]);
        return ok(account);
      },
      caller.once,
    );

/** Nothing new is bought on it; what was begun on it is still looked up, tracked and voided. There is no way back. */
export const removeCarrierAccount =
  ({ unitOfWork, ids }: Pick<Deps, 'unitOfWork' | 'ids'>) =>
  (caller: Caller, id: CarrierAccountId): Promise<Result<undefined, CarrierAccountNotFound | RunRefusal>> =>
    unitOfWork.run<undefined, CarrierAccountNotFound>(
      caller.organizationId,
      async ({ carrierAccounts, audit, now }) => {
        const found = await carrierAccounts.find(id);
        if (!found || found.removedAt !== null) return err({ code: 'carrier_account.not_found' });
        await carrierAccounts.save({ ...found, isDefault: false, active: false, removedAt: now, version: found.version + 1 });
        const event: AuditEvent = { kind: 'carrier_account.removed', targetId: id, facts: {} };
        await audit.append([auditEntry({ caller, at: now, ids }, event)]);
        return ok(undefined);
      },
      caller.once,
    );

const NUMBER = 'accountNumber';
const numberStays: DetailFault = { path: `credentials.${NUMBER}`, message: "can't be changed: add another account" };

type ToCheck = Pick<CarrierAccount, 'settings' | 'labelFormat'> & { readonly credentials: AccountDetails };

const faultsOf = (form: AccountForm, { credentials, settings, labelFormat }: ToCheck): readonly DetailFault[] => [
  ...faultsOfDetails(form.credentials, credentials, 'credentials'),
  ...faultsOfDetails(form.settings, settings, 'settings'),
  ...(labelFormat === null || form.labelFormats.includes(labelFormat)
    ? []
    : [{ path: 'labelFormat', message: `must be one of ${form.labelFormats.join(', ')}` }]),
];

/** The default before is one no more. */
const giveWay = async (accounts: CarrierAccountStore, others: readonly CarrierAccount[]): Promise<void> => {
  for (const other of others)
    if (other.isDefault) await accounts.save({ ...other, isDefault: false, version: other.version + 1 });
};

type Keeper = Pick<Deps, 'vault'>;
type Owner = Pick<Caller, 'organizationId'>;

const sealedBy = ({ vault }: Keeper, { organizationId }: Owner, id: CarrierAccountId, credentials: AccountDetails): string =>
  vault.seal(JSON.stringify(credentials), credentialsOf(organizationId, id));

const openedBy = ({ vault }: Keeper, { organizationId }: Owner, id: CarrierAccountId, sealed: string): AccountDetails =>
  JSON.parse(vault.open(sealed, credentialsOf(organizationId, id))) as AccountDetails;
