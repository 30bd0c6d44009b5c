import {
  bug,
  CARRIER_ACCOUNT_SECRET,
  CarrierAccountId,
  CHANNEL_CREDENTIALS,
  CHANNEL_SECRET,
  ChannelId,
  type SealStore,
  type StoredSeal,
  sealPlace,
  WEBHOOK_SECRET,
  WebhookEndpointId,
} from '@rappit/domain';
import { pageOf } from '../page-of.js';
import { having } from './organization-state.js';
import type { Workbench } from './workbench.js';

export const memorySeals = (bench: Workbench): SealStore => {
  const { state } = bench;
  const ofChannels = (): readonly StoredSeal[] =>
    [...state().channels].flatMap(([ownerId, { sealedSecrets }]) =>
      sealedSecrets.map((sealed, position) => ({ purpose: CHANNEL_SECRET, ownerId, position, sealed })),
    );
  const ofAccess = (): readonly StoredSeal[] =>
    [...state().channelCredentials].map(([ownerId, { sealed }]) => ({
      purpose: CHANNEL_CREDENTIALS,
      ownerId,
      position: 0,
      sealed,
    }));
  const ofCarrierAccounts = (): readonly StoredSeal[] =>
    [...state().carrierAccounts].flatMap(([ownerId, { sealed }]) =>
      sealed === null ? [] : [{ purpose: CARRIER_ACCOUNT_SECRET, ownerId, position: 0, sealed }],
    );
  const ofEndpoints = (): readonly StoredSeal[] =>
    [...state().webhookEndpoints].flatMap(([ownerId, { secrets }]) =>
      secrets.map(({ position, sealed }) => ({ purpose: WEBHOOK_SECRET, ownerId, position, sealed })),
    );
  return {
    list: async (page) =>
      pageOf([...ofAccess(), ...ofChannels(), ...ofCarrierAccounts(), ...ofEndpoints()], page, { placeOf: sealPlace }),
    replace: async (seal, sealedAnew) => {
      if (seal.purpose === CHANNEL_SECRET) return replaceOfChannel(bench, seal, sealedAnew);
      if (seal.purpose === CHANNEL_CREDENTIALS) return replaceOfAccess(bench, seal, sealedAnew);
      if (seal.purpose === CARRIER_ACCOUNT_SECRET) return replaceOfCarrierAccount(bench, seal, sealedAnew);
      if (seal.purpose === WEBHOOK_SECRET) return replaceOfEndpoint(bench, seal, sealedAnew);
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

const replaceOfAccess = ({ state, change }: Workbench, { ownerId, sealed }: StoredSeal, anew: string): boolean => {
  const id = ChannelId(ownerId);
  const row = state().channelCredentials.get(id);
  if (row?.sealed !== sealed) return false;
  change({ channelCredentials: having(state().channelCredentials, id, { ...row, sealed: anew }) });
  return true;
};

const replaceOfCarrierAccount = ({ state, change }: Workbench, { ownerId, sealed }: StoredSeal, anew: string): boolean => {
  const id = CarrierAccountId(ownerId);
  const row = state().carrierAccounts.get(id);
  if (row?.sealed !== sealed) return false;
  change({ carrierAccounts: having(state().carrierAccounts, id, { ...row, sealed: anew }) });
  return true;
};

const replaceOfEndpoint = ({ state, change }: Workbench, { ownerId, position, sealed }: StoredSeal, anew: string): boolean => {
  const id = WebhookEndpointId(ownerId);
  const row = state().webhookEndpoints.get(id);
  const isIt = (secret: { readonly position: number; readonly sealed: string }): boolean =>
    secret.position === position && secret.sealed === sealed;
  if (!row?.secrets.some(isIt)) return false;
  const secrets = row.secrets.map((secret) => (isIt(secret) ? { ...secret, sealed: anew } : secret));
  change({ webhookEndpoints: having(state().webhookEndpoints, id, { ...row, secrets }) });
  return true;
};
