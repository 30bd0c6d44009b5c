import { type AccountRequestStore, type User, UserId, type UserStore } from '@rappit/domain';
import type { Scope } from '../scope.js';

type UserRow = { readonly id: string; readonly email: string };

/** The user with an e-mail who belongs nowhere and wasn't disabled, locked, so that whoever else wants the e-mail waits and sees. */
const LOCK_BY_EMAIL = 'SELECT id, email FROM users WHERE lower(email) = lower(?) AND disabled_at IS NULL FOR UPDATE';

/** A shared table: a user is reached by the unguessable id, or by the e-mail. */
export const userStore = ({ trx, now }: Scope): UserStore => {
  const nobodyWith = async (email: string): Promise<UserRow | undefined> => {
    const { rows } = await trx.raw<{ rows: UserRow[] }>(LOCK_BY_EMAIL, [email]);
    const [row] = rows;
    // Asked after the lock was got: what was committed meanwhile is seen.
    const belongs = row && (await trx('memberships').where({ user_id: row.id }).first('user_id'));
    return belongs ? undefined : row;
  };
  const add = async ({ id, email, name, language }: User, passwordHash: string): Promise<boolean> => {
    const row = { id, email, name, language, password_hash: passwordHash };
    return (await trx('users').insert(row).onConflict(trx.raw('(lower(email))')).ignore().returning('id')).length > 0;
  };
  return {
    enrol: async (asked, passwordHash): Promise<User | undefined> => {
      if (await add(asked, passwordHash)) return asked;
      const found = await nobodyWith(asked.email);
      if (!found) return undefined;
      const { name, language } = asked;
      await trx('users').where({ id: found.id }).update({ name, language, password_hash: passwordHash });
      await trx('sessions').where({ user_id: found.id }).whereNull('ended_at').update({ ended_at: now });
      return { id: UserId(found.id), email: found.email, name, language };
    },
    setPassword: async (id, passwordHash, before) => {
      const query = trx('users').where({ id });
      if (before !== undefined) void query.where({ password_hash: before });
      return (await query.update({ password_hash: passwordHash })) > 0;
    },
    keepsPassword: async (id, passwordHash) =>
      (await trx('users').where({ id, password_hash: passwordHash }).forShare().first('id')) !== undefined,
    disable: async (id, from) => {
      await trx('users').where({ id }).update({ disabled_at: from });
    },
  };
};

export const accountRequestStore = ({ trx }: Scope): AccountRequestStore => ({
  use: async (id) => {
    const used = await trx('account_requests')
      .where({ id })
      .delete()
      .returning<{ good: boolean }[]>(trx.raw('expires_at > now() AS good'));
    return used[0]?.good ?? false;
  },
  dropResets: async (email) => {
    await trx('account_requests').where({ kind: 'passwordReset' }).whereRaw('lower(email) = lower(?)', [email]).delete();
  },
});
