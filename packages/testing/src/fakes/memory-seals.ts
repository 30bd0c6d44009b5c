import {
  bug,
  CARRIER_ACCOUNT_SECRET,
  CarrierAccountId,
  CHANNEL_SECRET,
  ChannelId,
  type SealStore,
  type StoredSeal,
  sealPlace,
} from '@rappit/domain';
import { having } from './organization-state.js';
import { pageOf } from './page-of.js';
import type { Workbench } from './workbench.js';

export const memorySeals = (bench: Workbench): SealStore => {
  const { state } = bench;
  const ofChannels = (): readonly StoredSeal[] =>
    [...state().channels].flatMap(([ownerId, { sealedSecrets }]) =>
      sealedSecrets.map((sealed, position) => ({ purpose: CHANNEL_SECRET, ownerId, position, sealed })),
    );
  const ofCarrierAccounts = (): readonly StoredSeal[] =>
    [...state().carrierAccounts].flatMap(([ownerId, { sealed }]) =>
      sealed === null ? [] : [{ purpose: CARRIER_ACCOUNT_SECRET, ownerId, position: 0, sealed }],
    );
  return {
    list: async (page) => pageOf([...ofChannels(), ...ofCarrierAccounts()], page, { placeOf: sealPlace }),
    replace: async (seal, sealedAnew) => {
      if (seal.purpose === CHANNEL_SECRET) return replaceOfChannel(bench, seal, sealedAnew);
      if (seal.purpose === CARRIER_ACCOUNT_SECRET) return replaceOfCarrierAccount(bench, seal, sealedAnew);
      return bug(`nothing is sealed for ${seal.purpose}`);
    },
  };
};

const replaceOfChannel = ({ state, change }: Workbench, { ownerId, position, sealed }: StoredSeal, anew: string): boolean => {
  const id = ChannelId(ownerId);
  const row = state().channels.get(id);
  if (row?.sealedSecrets[position] !== sealed) return false;
  change({ channels: having(state().channels, id, { ...row, sealedSecrets: row.sealedSecrets.with(position, anew) }) });
  return true;
};

const replaceOfCarrierAccount = ({ state, change }: Workbench, { ownerId, sealed }: StoredSeal, anew: string): boolean => {
  const id = CarrierAccountId(ownerId);
  const row = state().carrierAccounts.get(id);
  if (row?.sealed !== sealed) return false;
  change({ carrierAccounts: having(state().carrierAccounts, id, { ...row, sealed: anew }) });
  return true;
};
