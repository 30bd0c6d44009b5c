import type { CarrierAccount, CarrierAccountStore } from '@rappit/domain';
import { Conflict, rowsOf, type Scope } from '../scope.js';
import { pageOf } from './page.js';

type AccountRow = {
  id: CarrierAccount['id'];
  carrier: string;
  name: string;
  number_ending: string;
  settings: CarrierAccount['settings'];
  shipper: CarrierAccount['shipper'];
  default_service: string | null;
  label_format: CarrierAccount['labelFormat'];
  is_default: boolean;
  active: boolean;
  created_at: Date;
  removed_at: Date | null;
  version: number;
};

const toAccount = (row: AccountRow): CarrierAccount => ({
  id: row.id,
  carrier: row.carrier,
  name: row.name,
  numberEnding: row.number_ending,
  settings: row.settings,
  shipper: row.shipper,
  defaultService: row.default_service,
  labelFormat: row.label_format,
  isDefault: row.is_default,
  active: row.active,
  createdAt: row.created_at,
  removedAt: row.removed_at,
  version: row.version,
});

const fromAccount = (account: CarrierAccount) => ({
  id: account.id,
  carrier: account.carrier,
  name: account.name,
  number_ending: account.numberEnding,
  settings: JSON.stringify(account.settings),
  shipper: account.shipper && JSON.stringify(account.shipper),
  default_service: account.defaultService,
  label_format: account.labelFormat,
  is_default: account.isDefault,
  active: account.active,
  created_at: account.createdAt,
  removed_at: account.removedAt,
  version: account.version,
});

const KEEP_SECRET = `
  INSERT INTO carrier_account_secrets (organization_id, carrier_account_id, position, sealed) VALUES (?, ?, 0, ?)
  ON CONFLICT (organization_id, carrier_account_id, position) DO UPDATE SET sealed = excluded.sealed`;

export const carrierAccountStore = (scope: Scope): CarrierAccountStore => {
  const { trx, organizationId } = scope;
  const ours = () => trx('carrier_accounts').where({ organization_id: organizationId });
  return {
    find: async (id) => {
      const row = await ours().where({ id }).first<AccountRow | undefined>();
      return row && toAccount(row);
    },
    sealedOf: async (id) => {
      const kept = trx('carrier_account_secrets').where({ organization_id: organizationId, carrier_account_id: id, position: 0 });
      return (await kept.first<{ sealed: string } | undefined>('sealed'))?.sealed;
    },
    save: async (account, sealed) => {
      const row = fromAccount(account);
      const before = { id: account.id, version: account.version - 1 };
      if (account.version === 1) await trx('carrier_accounts').insert({ organization_id: organizationId, ...row });
      else if ((await ours().where(before).update(row)) !== 1) throw new Conflict('the carrier account was changed meanwhile');
      if (sealed !== undefined) await rowsOf(scope, KEEP_SECRET, [organizationId, account.id, sealed]);
    },
    list: async ({ limit, cursor }) => {
      const query = ours()
        .whereNull('removed_at')
        .orderBy('id', 'desc')
        .limit(limit + 1);
      if (cursor !== undefined) void query.where('id', '<', cursor);
      return pageOf((await query.select<AccountRow[]>('*')).map(toAccount), limit, ({ id }) => id);
    },
    ofCarrier: async (carrier) => (await ours().where({ carrier }).orderBy('id').select<AccountRow[]>('*')).map(toAccount),
  };
};
