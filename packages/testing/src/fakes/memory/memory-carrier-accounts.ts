import type { CarrierAccount, CarrierAccountStore } from '@rappit/domain';
import { byCodePoint } from '../code-points.js';
import { pageOf } from '../page-of.js';
import { having } from './organization-state.js';
import { Conflict, type Workbench } from './workbench.js';

export const memoryCarrierAccounts = ({ state, change }: Workbench): CarrierAccountStore => {
  const all = (): readonly CarrierAccount[] => [...state().carrierAccounts.values()].map(({ account }) => account);
  return {
    find: async (id) => state().carrierAccounts.get(id)?.account,
    sealedOf: async (id) => state().carrierAccounts.get(id)?.sealed ?? undefined,
    save: async (account, sealed) => {
      const before = state().carrierAccounts.get(account.id);
      if ((before?.account.version ?? 0) !== account.version - 1)
        throw new Conflict(`carrier account ${account.id} was changed by somebody else`);
      const rivals = all().filter(({ id, carrier, isDefault }) => isDefault && carrier === account.carrier && id !== account.id);
      if (account.isDefault && rivals.length > 0) throw new Conflict(`${account.carrier} has another default account`);
      const row = { account, sealed: sealed ?? before?.sealed ?? null };
      change({ carrierAccounts: having(state().carrierAccounts, account.id, row) });
    },
    list: async (page) =>
      pageOf(
        all().filter(({ removedAt }) => removedAt === null),
        page,
        { placeOf: ({ id }) => id, newestFirst: true },
      ),
    ofCarrier: async (carrier) =>
      all()
        .filter((account) => account.carrier === carrier)
        .sort((one, other) => byCodePoint(one.id, other.id)),
  };
};
