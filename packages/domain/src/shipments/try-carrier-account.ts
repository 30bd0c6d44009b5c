import { type Address, type Caller, err, ok, type Result, type RunRefusal, type UnitOfWork } from '../kernel/index.js';
import type { AskRefused, Carrier } from './carrier.port.js';
import type { CarrierAccountNotFound } from './carrier-account.js';
import type { CarrierAccountId } from './carrier-account-id.js';
import type { CarrierAccountStores } from './carrier-accounts.port.js';
import type { Carriers, CarrierUnknown } from './carriers.port.js';
import { noExtras } from './consignment.js';

/** What the carrier said to a question on the account; null is an answer. */
export type AccountTried = { readonly problem: AskRefused | null };

type Deps = { readonly unitOfWork: UnitOfWork<CarrierAccountStores>; readonly carriers: Pick<Carriers, 'find'> };

/**
 * Asks the carrier something harmless on an account, also on one that is switched off: what carrying a parcel to its own shipper costs,
 * which says whether key and number are right, or, where no shipper is known, whether there is such an address, which tells of the key only.
 * It may be asked twice under one key; what was answered first stands.
 */
export const tryCarrierAccount =
  ({ unitOfWork, carriers }: Deps) =>
  async (
    { organizationId, once }: Pick<Caller, 'organizationId' | 'once'>,
    id: CarrierAccountId,
  ): Promise<Result<AccountTried, CarrierAccountNotFound | CarrierUnknown | RunRefusal>> => {
    const account = await unitOfWork.read(organizationId, ({ carrierAccounts }) => carrierAccounts.find(id));
    if (!account || account.removedAt !== null) return err({ code: 'carrier_account.not_found' });
    const carrier = await carriers.find(organizationId, { carrier: account.carrier, accountId: id });
    if (!carrier) return err({ code: 'carrier.unknown' });
    const answer = await ask(carrier, account.shipper);
    const tried: AccountTried = { problem: answer.ok ? null : answer.error };
    return unitOfWork.run(organizationId, async () => ok(tried), once);
  };

const ask = (carrier: Carrier, shipper: Address | null): Promise<Result<unknown, AskRefused>> => {
  if (shipper === null || !carrier.supports.rates) return carrier.validateAddress(shipper ?? somewhere);
  const parcels = [{ weightGrams: 1_000, lengthMm: 200, widthMm: 150, heightMm: 100 }];
  return carrier.quoteRates({ from: shipper, to: shipper, parcels, goods: null, customs: null, extras: noExtras, shipOn: null });
};

/** Known to every carrier, and nobody's home. */
const somewhere: Address = {
  name: 'Rappit',
  company: null,
  lines: ['Platz der Republik 1'],
  city: 'Berlin',
  region: null,
  postalCode: '11011',
  countryCode: 'DE',
  phone: null,
  email: null,
};
