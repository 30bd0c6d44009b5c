import {
  checkReturnAction,
  evolveReturn,
  type ReturnAction,
  type ReturnStatus,
  returnActions,
  returnStatuses,
  returnTransitions,
} from './return.js';
import { returnIn } from './returns.test-kit.js';

const pairs = returnStatuses.flatMap((from) => returnStatuses.map((to) => [from, to] as const));

it('can reach every status from a request', () => {
  const reached = new Set<ReturnStatus>(['requested']);
  for (const status of reached) for (const next of returnTransitions[status]) reached.add(next);
  expect([...reached].sort()).toEqual([...returnStatuses].sort());
});

it.each(pairs)('from %s to %s only where the machine leads there', (from, to) => {
  const move = () => evolveReturn(returnIn(from), { status: to });
  if (from === to || returnTransitions[from].includes(to)) expect(move()).toMatchObject({ status: to, version: 4 });
  else expect(move).toThrow(`bug: a return can't go from ${from} to ${to}`);
});

const asked = (Object.keys(returnActions) as ReturnAction[]).flatMap((action) =>
  returnStatuses.map((status) => [action, status] as const),
);

/** Written down once more, in words: what may be done when. */
const may: Readonly<Record<ReturnStatus, readonly ReturnAction[]>> = {
  requested: ['authorise', 'reject', 'cancel'],
  authorised: ['label', 'receive', 'cancel', 'refund'],
  partlyReceived: ['label', 'receive', 'cancel', 'refund'],
  received: ['refund'],
  rejected: [],
  cancelled: [],
};

it.each(asked)('to %s one that is %s is refused naming both, save where it is allowed', (action, status) => {
  const one = returnIn(status);
  expect(checkReturnAction(one, action)).toEqual(
    may[status].includes(action)
      ? { ok: true, value: one }
      : { ok: false, error: { code: 'return.invalid_transition', status, action } },
  );
});
