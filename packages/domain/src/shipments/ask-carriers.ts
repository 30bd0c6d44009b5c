import { type Address, err, type OrganizationId, ok, type Result } from '../kernel/index.js';
import type { AskRefused } from './carrier.port.js';
import type { CarrierAccountNotFound } from './carrier-account.js';
import type { CarrierAccountId } from './carrier-account-id.js';
import type { AccountOfCarrier, Carriers, CarrierUnknown, ChosenCarrier } from './carriers.port.js';
import type { Consignment } from './consignment.js';
import type { Rate } from './label.js';
import type { AddressVerdict } from './pickup.js';
import { pathOfAddress, renamed } from './request-paths.js';
import { type NotDone, notDone } from './void-label.js';

/** A rate beside others: who offers it on which account, and whether no other is cheaper, or sooner. */
export type OfferedRate = Rate & {
  readonly carrier: string;
  readonly accountId: CarrierAccountId | null;
  /** Among the rates of its own currency: amounts of different currencies aren't compared. A rate without a price is never cheapest. */
  readonly cheapest: boolean;
  /** No other is delivered on an earlier day. A rate without a day is never fastest. */
  readonly fastest: boolean;
};

/** A carrier that had no rates to offer, and why. */
export type NoRates = {
  readonly carrier: string;
  readonly code: AskRefused['code'] | CarrierAccountNotFound['code'];
  readonly message: string;
  readonly path: string | null;
};

export type Offers = { readonly rates: readonly OfferedRate[]; readonly failed: readonly NoRates[] };

/**
 * Asks carriers at once what carrying would cost, each on the account that something new would be bought on. One that fails is named
 * beside the answers of the others. Each answers within its own deadline, which is its adapter's.
 * Null asks all that the organization may use; those that it may not use are left out, and refused where they were named.
 */
export const askCarriers = async (
  carriers: Carriers,
  organizationId: OrganizationId,
  { wanted, consign }: { readonly wanted: readonly AccountOfCarrier[] | null; readonly consign: Consign },
): Promise<Result<Offers, CarrierUnknown | CarrierAccountNotFound>> => {
  const all = wanted ?? carriers.codes.map((carrier) => ({ carrier, accountId: null }));
  const chosen = await Promise.all(all.map(async (one) => ({ one, choice: await carriers.choose(organizationId, one) })));
  const wrong = wanted && chosen.find(({ choice }) => !choice.ok);
  if (wrong && !wrong.choice.ok) return wrong.choice;
  const asked = chosen.flatMap(({ choice }) => (choice.ok ? [choice.value] : []));
  const answers = await Promise.all(asked.map((one) => ask(one, consign(one))));
  return ok({ rates: compared(answers.flatMap(({ rates }) => rates)), failed: answers.flatMap(({ failed }) => failed) });
};

/** What the carrier is asked to carry: from the account's shipper where the goods' place has no address. */
export type Consign = (chosen: ChosenCarrier) => Result<Consigned, NoRates>;

/** What is to be carried, and what its fields are called where it was asked for; null where nobody has asked for such a thing. */
export type Consigned = { readonly consignment: Consignment; readonly named: (path: string) => string | null };

type Found = Omit<OfferedRate, 'cheapest' | 'fastest'>;
type Asked = { readonly rates: readonly Found[]; readonly failed: readonly NoRates[] };

const ask = async ({ carrier, accountId }: ChosenCarrier, consigned: Result<Consigned, NoRates>): Promise<Asked> => {
  if (!consigned.ok) return { rates: [], failed: [consigned.error] };
  const { consignment, named } = consigned.value;
  const answer = await carrier.quoteRates(consignment);
  if (answer.ok) return { rates: answer.value.map((rate) => ({ ...rate, carrier: carrier.code, accountId })), failed: [] };
  const { code, message, path } = notDone(renamed(answer.error, named));
  return { rates: [], failed: code === 'carrier.unknown_outcome' ? [] : [{ carrier: carrier.code, code, message, path }] };
};

const compared = (rates: readonly Found[]): readonly OfferedRate[] => {
  const soonest = rates.flatMap(({ deliveryOn }) => deliveryOn ?? []).sort()[0];
  const isCheapest = ({ price }: Found): boolean =>
    price !== null &&
    rates.every((other) => other.price?.currency !== price.currency || other.price.amountMinor >= price.amountMinor);
  return rates.map((rate) => ({
    ...rate,
    cheapest: isCheapest(rate),
    fastest: rate.deliveryOn !== null && rate.deliveryOn === soonest,
  }));
};

export type ValidateRefused = CarrierUnknown | CarrierAccountNotFound | NotDone;

/** Asks one carrier what it thinks of an address. What it refuses is told of the field below `address`. */
export const validateAddress =
  ({ carriers }: { readonly carriers: Carriers }) =>
  async (
    organizationId: OrganizationId,
    wanted: AccountOfCarrier & { readonly address: Address },
  ): Promise<Result<AddressVerdict, ValidateRefused>> => {
    const chosen = await carriers.choose(organizationId, wanted);
    if (!chosen.ok) return chosen;
    const verdict = await chosen.value.carrier.validateAddress(wanted.address);
    if (verdict.ok) return verdict;
    const refused = notDone(verdict.error);
    return err({ ...refused, path: refused.path === null ? null : pathOfAddress(refused.path) });
  };
