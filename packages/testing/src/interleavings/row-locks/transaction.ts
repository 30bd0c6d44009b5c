import { bug, type Digest, type LevelKey, type Moment } from '@rappit/domain';
import { type AllStores, memoryStores } from '../../fakes/memory/memory-stores.js';
import { emptyOrganization, type OrganizationState } from '../../fakes/memory/organization-state.js';
import { nothingShared } from '../../fakes/memory/shared-state.js';
import { openWorkbench, type Workbench } from '../../fakes/memory/workbench.js';
import { EVERYTHING } from '../explorer/footprint.js';
import type { Gate } from '../explorer/gate.js';
import { changedBy } from './lists.js';
import { type Locks, openLocks } from './locks.js';
import { type Plan, type Plans, plans } from './plans.js';
import { nameOf, rowAt, type Write, withWrites, writesBetween } from './rows.js';

/** What transactions go by. Tests take parts of it away, to see that the explorer notices. */
export type Rules = {
  readonly plans: Plans;
  /** What statements do, once they may. */
  readonly stores: typeof memoryStores;
};
export const soundRules: Rules = { plans, stores: memoryStores };

/** One organization's data, shared by transactions that go on at the same time. */
export type Database = {
  readonly rules: Rules;
  readonly digest: Digest;
  readonly now: () => Date;
  readonly locks: Locks;
  committed: OrganizationState;
};

export const openDatabase = (facts: Pick<Database, 'rules' | 'digest' | 'now'>): Database => ({
  ...facts,
  locks: openLocks(),
  committed: emptyOrganization,
});

/** What a statement does to what it sees. */
export type Body<Value> = (stores: AllStores & Moment, bench: Pick<Workbench, 'state' | 'change'>) => Promise<Value>;

/** A transaction that goes on. It is what locks are held by. */
type Session = {
  readonly database: Database;
  readonly gate: Gate;
  readonly now: Date;
  /** Levels that `stock.lock` has answered. */
  readonly levels: Set<LevelKey>;
  written: readonly Write[];
  ended: boolean;
};

/**
 * One transaction under READ COMMITTED. Each statement sees what is committed when it begins, what the transaction has written, and
 * rows that it waited for as they are when it has them. Rows that are written or locked are the transaction's until it ends.
 */
export const openTransaction = (database: Database, gate: Gate) => {
  const now = database.now();
  const session: Session = { database, gate, now, levels: new Set(), written: [], ended: false };
  return {
    now,
    statement: <Value>(call: string, plan: (state: OrganizationState) => Plan, body: Body<Value>): Promise<Value> =>
      statement(session, call, { plan, body }),
    /** Takes a lock if nobody has it, and never waits. */
    tryLock: (name: string): boolean => tryTake(session, name),
    /** What is written from now on is forgotten when the answer is called. */
    savepoint: (): (() => void) => {
      const { written } = session;
      return () => {
        session.written = written;
      };
    },
    commit: (): Promise<void> => commit(session),
    rollback: async (): Promise<void> => {
      if (session.ended) return;
      await gate.turn('rollback');
      end(session, []);
    },
  };
};

export type Transaction = ReturnType<typeof openTransaction>;

const viewOf = ({ database, written }: Session): OrganizationState => withWrites(database.committed, written);

/** A whole call: a statement begins, waits for its rows and does what it does; before that, perhaps another one that only waits. */
const statement = async <Value>(
  session: Session,
  call: string,
  { plan, body }: { readonly plan: (state: OrganizationState) => Plan; readonly body: Body<Value> },
): Promise<Value> => {
  for (let planned: ((state: OrganizationState) => Plan) | undefined = plan; ; ) {
    if (session.ended) bug(`${call}: a store was used after its unit of work had ended`);
    await session.gate.turn(call);
    const snapshot = viewOf(session);
    const { looks, locks = [], next } = planned(snapshot);
    session.gate.note({ looks: looks.filter((row) => !locks.includes(row)) });
    for (const row of locks) await take(session, call, row);
    if (!next) return act(session, call, { snapshot, waited: locks, body });
    planned = next;
  }
};

/** Who holds a row is another after every turn that takes it or gives it back. */
const holderOf = (row: string): string => `holder of ${row}`;

/** Waits for a row, unless the transaction has it already. */
const take = async (session: Session, call: string, row: string): Promise<void> => {
  const { gate, database } = session;
  if (database.locks.isMine(row, session)) return;
  const isFree = (): boolean => database.locks.isFree(row, session);
  await gate.turn(`${call}: lock ${row.replace('\n', ' at ')}`, { lock: row, isFree });
  tryTake(session, row);
};

/** Takes a row if nobody else has it, and never waits. */
const tryTake = (session: Session, row: string): boolean => {
  const { gate, database } = session;
  if (database.locks.isMine(row, session)) return true;
  gate.note({ changes: [holderOf(row)] });
  const isFree = database.locks.isFree(row, session);
  if (isFree) database.locks.take(row, session);
  return isFree;
};

/** Nobody signs in here, so that what organizations share is empty. */
export const benchOn = (state: OrganizationState, now: Date, access: 'read' | 'write'): Workbench =>
  openWorkbench({ own: state, shared: nothingShared }, now, access);

type Act<Value> = { readonly snapshot: OrganizationState; readonly waited: readonly string[]; readonly body: Body<Value> };

/** Does what a statement does; waits, and does it anew on fresh rows, when somebody else holds one that it writes. */
const act = async <Value>(session: Session, call: string, { snapshot, waited, body }: Act<Value>): Promise<Value> => {
  const { database, gate } = session;
  const before = refreshed(session, snapshot, waited);
  const bench = { ...benchOn(before, session.now, 'write'), locked: session.levels };
  const value = await body(database.rules.stores(bench, database.digest), bench).catch((fault: unknown) => {
    gate.note({ looks: [EVERYTHING] });
    throw fault;
  });
  const writes = writesBetween(before, bench.close().own);
  const rows = [
    ...new Set(writes.filter(({ key }) => key !== null).map((write) => nameOf(write).replace(/^chainEnds /, 'levels '))),
  ];
  gate.note({ looks: rows });
  const held = rows.find((row) => !tryTake(session, row));
  if (held !== undefined) {
    await take(session, call, held);
    return act(session, call, { snapshot, waited: [...waited, ...rows], body });
  }
  session.written = [...session.written, ...writes];
  return value;
};

/** The end of a level's chain is part of its row. */
const rowsBehind = (row: string): readonly string[] => [row, row.replace(/^levels /, 'chainEnds ')];

const refreshed = (session: Session, snapshot: OrganizationState, rows: readonly string[]): OrganizationState => {
  const fresh = viewOf(session);
  return withWrites(
    snapshot,
    rows.flatMap(rowsBehind).flatMap((row) => rowAt(fresh, row) ?? []),
  );
};

const commit = async (session: Session): Promise<void> => {
  const { database, gate, written } = session;
  await gate.turn('commit');
  const changes = changedBy(database.committed, written);
  database.committed = viewOf(session);
  end(session, changes);
};

const end = (session: Session, changes: readonly string[]): void => {
  const frees = session.database.locks.free(session);
  session.gate.note({ changes: [...changes, ...frees.map(holderOf)], frees });
  session.ended = true;
};
