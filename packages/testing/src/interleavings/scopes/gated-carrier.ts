import type { Carrier } from '@rappit/domain';
import type { Gate } from '../explorer/gate.js';

/** Labels are numbered in the order of their sales, so that two sales of anything concern each other. */
const NEXT_NUMBER = 'the number of the next label';

/** A carrier at which each call is a turn. Calls on one reference concern each other. */
export const gatedCarrier = (carrier: Carrier, gate: Gate): Carrier => ({
  ...carrier,
  buyLabel: async (order) => {
    await gate.turn('carrier.buyLabel');
    gate.note({ changes: [`sales of ${order.reference}`, NEXT_NUMBER] });
    return carrier.buyLabel(order);
  },
  findByReference: async (trace) => {
    await gate.turn('carrier.findByReference');
    gate.note({ looks: [`sales of ${trace.reference}`] });
    return carrier.findByReference(trace);
  },
  voidLabel: async (trackingNumber) => {
    await gate.turn('carrier.voidLabel');
    gate.note({ changes: [`label ${trackingNumber}`] });
    return carrier.voidLabel(trackingNumber);
  },
});
