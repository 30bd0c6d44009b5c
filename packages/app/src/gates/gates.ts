import { variableOf } from '../config.js';
import { carriersGate } from './carriers.gate.js';
import { type Asked, type Gate, noGo, type Reason } from './gate.js';
import { isolationGate } from './isolation.gate.js';
import { limitsGate } from './limits.gate.js';
import { outsideGate } from './outside.gate.js';
import { schemaGate } from './schema.gate.js';
import { stockGate } from './stock.gate.js';
import { subscriptionsGate } from './subscriptions.gate.js';

const guarded: readonly Gate[] = [schemaGate, carriersGate, isolationGate, outsideGate, stockGate, subscriptionsGate, limitsGate];

/** Variables that no gate has a rule about still have to be readable. */
const configuration: Gate = {
  id: 'CONFIG',
  title: 'Other variables',
  rule: ['Every variable that is set can be read (docs/configuration.md).'],
  owns: (variable) => !guarded.some((gate) => gate.owns(variable)),
  reasons: () => [],
};

/** In the order in which they are told. */
export const gates: readonly Gate[] = [...guarded, configuration];

export type Judged = { readonly id: string; readonly title: string; readonly reasons: readonly Reason[] };

/** Every gate with every reason that it has: none is hidden behind another. What can't be read at all is only called that. */
export const judge = (asked: Asked): readonly Judged[] => {
  const unreadable = new Set(asked.faults.map(variableOf));
  return gates.map(({ id, title, owns, reasons }) => {
    const faults = asked.faults
      .filter((fault) => owns(variableOf(fault)))
      .map((fault) => noGo(variableOf(fault), fault.slice(variableOf(fault).length + 2)));
    return { id, title, reasons: [...faults, ...reasons(asked).filter(({ about }) => !unreadable.has(about))] };
  });
};

export const isGo = (judged: readonly Judged[]): boolean =>
  judged.every(({ reasons }) => reasons.every(({ verdict }) => verdict !== 'NO-GO'));

/** What stops a start: what every gate says, whole. */
export class GatesClosed extends Error {}
