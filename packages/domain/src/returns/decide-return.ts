import { type Caller, type IdSource, ok, type Result, type RunRefusal, type UnitOfWork } from '../kernel/index.js';
import type { TimelineKind } from '../orders/index.js';
import { type LockReturnRefused, lockReturn } from './locked-return.js';
import { evolveReturn, type Return, type ReturnAction, type ReturnId } from './return.js';
import { withoutAwaited } from './return-line.js';
import type { ReturnStores } from './stores.port.js';
import { eventOf, orderAfter, type ReturnEvent } from './tell-return.js';

type Deps = { readonly unitOfWork: UnitOfWork<ReturnStores>; readonly ids: IdSource };

export type DecideReturnRefused = LockReturnRefused | RunRefusal;
/** `note` says why, in words. */
export type DecideReturn = (caller: Caller, id: ReturnId, note: string | null) => Promise<Result<Return, DecideReturnRefused>>;

type Deciding = {
  readonly action: ReturnAction;
  readonly what: TimelineKind;
  readonly decide: (one: Return) => Partial<Return> & Pick<Return, 'status'>;
};

const deciding =
  ({ action, what, decide }: Deciding) =>
  ({ unitOfWork, ids }: Deps): DecideReturn =>
  (caller, id, note) =>
    unitOfWork.run<Return, DecideReturnRefused>(
      caller.organizationId,
      async ({ orders, returns, outbox, now }) => {
        const locked = await lockReturn({ orders, returns }, id, action);
        if (!locked.ok) return locked;
        const { order, one: before } = locked.value;
        const after = evolveReturn(before, decide(before));
        const occasion = { actor: caller.actor, at: now, ids };
        const told = { what, text: note === null ? after.number : `${after.number}: ${note}` };
        await returns.save(after);
        for (const change of orderAfter(occasion, order, { move: { before, after }, told })) await orders.save(change);
        await outbox.announce([eventOf(occasion, after, after.status satisfies ReturnEvent)]);
        return ok(after);
      },
      caller.once,
    );

/** Says that the goods may come: from now on they may be received. */
export const authoriseReturn = deciding({
  action: 'authorise',
  what: 'returnAuthorised',
  decide: () => ({ status: 'authorised' }),
});

/** Says that they may not. Their units may be asked for once more. */
export const rejectReturn = deciding({ action: 'reject', what: 'returnRejected', decide: () => ({ status: 'rejected' }) });

/**
 * Gives up what hasn't come back: its units may be asked for once more. A return of which something came back is received then; a kit of
 * which only some components came back stays on it, since it can't come back once more.
 */
export const cancelReturn = deciding({
  action: 'cancel',
  what: 'returnCancelled',
  decide: ({ status, lines }) =>
    status === 'partlyReceived' ? { status: 'received', lines: withoutAwaited(lines) } : { status: 'cancelled' },
});
