import {
  bug,
  type Digest,
  err,
  type Moment,
  type Once,
  type OrganizationId,
  type Refusal,
  type Result,
  type RunRefusal,
  type UnitOfWork,
} from '@rappit/domain';
import type { Knex } from 'knex';
import { claim, storeAnswer } from './idempotency.js';
import { openFor } from './organization-setting.js';
import { retrying } from './retrying.js';
import { Conflict, type Scope } from './scope.js';
import { isDataException, isIntegrityViolation, isTransient } from './sqlstate.js';
import { type Stores, storesOf } from './stores/index.js';
import { transactingOn } from './transactions.js';

type Work<Value, Refused> = (stores: Stores & Moment) => Promise<Result<Value, Refused>>;

/** Carries a refusal out of a transaction that it rolls back. */
class RolledBack<Refused> extends Error {
  constructor(readonly refusal: Refused) {
    super('rolled back');
  }
}

export type UnitOfWorkDeps = {
  readonly knex: Knex;
  readonly digest: Digest;
  /** Called when events of an organization were committed. Never throws, and keeps nobody waiting. */
  readonly onEvents?: (organizationId: OrganizationId) => void;
  /** The same when what may be promised was changed. */
  readonly onStock?: (organizationId: OrganizationId) => void;
};

const noMatter = (): void => undefined;

/** Transactions of the app's role on PostgreSQL, READ COMMITTED, under the organization's row-level security. */
export const postgresUnitOfWork = ({
  knex,
  digest,
  onEvents = noMatter,
  onStock = noMatter,
}: UnitOfWorkDeps): UnitOfWork<Stores> => {
  const transacting = transactingOn(knex);
  return {
    run: async <Value, Refused extends Refusal>(
      organizationId: OrganizationId,
      work: Work<Value, Refused>,
      once?: Once,
    ): Promise<Result<Value, Refused | RunRefusal>> => {
      try {
        const { outcome, told } = await retrying(() =>
          transacting(async (trx) => {
            const scope = await enter(trx, { begin: 'BEGIN', organizationId, digest });
            const outcome = once ? await workOnce(scope, work, once) : await work(storesOf(scope));
            if (!outcome.ok && !once) throw new RolledBack(outcome);
            return { outcome, told: scope.told };
          }),
        );
        if (outcome.ok && told.events) onEvents(organizationId);
        if (outcome.ok && told.stock) onStock(organizationId);
        return outcome;
      } catch (error) {
        if (error instanceof RolledBack) return error.refusal as Result<Value, Refused>;
        if (error instanceof Conflict || isIntegrityViolation(error) || isTransient(error))
          return err({ code: 'store.conflict' });
        if (isDataException(error)) return err({ code: 'store.unstorable' });
        throw error;
      }
    },
    read: (organizationId, work) =>
      transacting(async (trx) => work(storesOf(await enter(trx, { begin: BEGIN_TO_READ, organizationId, digest })))),
  };
};

/** All that is read is of one moment. */
const BEGIN_TO_READ = 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY';

type Entrance = Pick<Scope, 'organizationId' | 'digest'> & { readonly begin: string };

/** One trip: the transaction begins, is opened for an organization, and tells the time. */
const enter = async (trx: Knex, { begin, organizationId, digest }: Entrance): Promise<Scope> => {
  const sql = `${begin}; ${openFor(organizationId)}; SELECT now() AS now`;
  const answers = await trx.raw<readonly { rows: { now: Date }[] }[]>(sql);
  const now = answers[2]?.rows[0]?.now ?? bug('the database tells the time');
  return { trx, organizationId, now, digest, chains: new Map(), told: { events: false, stock: false } };
};

/** A refusal undoes what was written and keeps the claim, with the refusal as its answer. */
const workOnce = async <Value, Refused extends Refusal>(
  scope: Scope,
  work: Work<Value, Refused>,
  once: Once,
): Promise<Result<Value, Refused | RunRefusal>> => {
  const claimed = await claim(scope, once);
  if (!claimed.ok) throw new RolledBack(claimed);
  await scope.trx.raw('SAVEPOINT work');
  const outcome = await work(storesOf(scope));
  // A conflict is no answer: the request may be made again, under the same key.
  if (!outcome.ok && outcome.error.code === 'store.conflict') throw new Conflict('decided on something that had changed');
  if (!outcome.ok) await scope.trx.raw('ROLLBACK TO SAVEPOINT work');
  await storeAnswer(scope, once, outcome);
  return outcome;
};
