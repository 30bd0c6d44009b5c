import { CHANNEL_SECRET, type ChannelId, type SealStore, type StoredSeal, sealPlace } from '@rappit/domain';
import { having } from './organization-state.js';
import { pageOf } from './page-of.js';
import type { Workbench } from './workbench.js';

export const memorySeals = ({ state, change }: Workbench): SealStore => {
  const sealsOf = (ownerId: ChannelId): readonly StoredSeal[] =>
    (state().channels.get(ownerId)?.sealedSecrets ?? []).map((sealed, position) => ({
      purpose: CHANNEL_SECRET,
      ownerId,
      position,
      sealed,
    }));
  return {
    list: async (page) => pageOf([...state().channels.keys()].flatMap(sealsOf), page, { placeOf: sealPlace }),
    replace: async ({ ownerId, position, sealed }, sealedAnew) => {
      const id = ownerId as ChannelId;
      const row = state().channels.get(id);
      if (row?.sealedSecrets[position] !== sealed) return false;
      change({
        channels: having(state().channels, id, { ...row, sealedSecrets: row.sealedSecrets.with(position, sealedAnew) }),
      });
      return true;
    },
  };
};
