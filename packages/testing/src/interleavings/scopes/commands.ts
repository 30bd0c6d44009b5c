import {
  type AdjustmentReason,
  adjustStock,
  bug,
  buyLabel,
  type CancelReason,
  cancelLines,
  cancelOrder,
  cancelShipment,
  editOrder,
  expireUnpaid,
  holdOrder,
  type LocationId,
  labelReturn,
  markReady,
  type Once,
  type Order,
  type OrderDraft,
  ok,
  placeOrders,
  type Reservation,
  type Return,
  receiveReturn,
  receiveStock,
  recordPayment,
  refundReturn,
  releaseReservation,
  requestReturn,
  resumeOrder,
  type ShipmentId,
  type ShipRequest,
  type Sku,
  serveBacklog,
  shipOrder,
  transferStock,
} from '@rappit/domain';
import { exampleDraft, exampleLine, exampleParcel } from '../../fakes/examples.js';
import type { Command } from './use-cases.js';

/** What a buyer is answered whom stock doesn't suffice for. */
export const SHORT = 'order.insufficient_stock';

type Units = readonly (readonly [sku: Sku, units: number])[];

export const draftOf = (units: Units, facts: Partial<OrderDraft> = {}): OrderDraft =>
  exampleDraft(
    units.map(([sku, quantity]) => exampleLine(sku, quantity)),
    facts,
  );

export const places = (draft: OrderDraft, once?: Once): Command => ({
  does: `buys ${draft.lines.map(({ quantity, sku }) => `${quantity} ${sku}`).join(' and ')}`,
  run: async ({ caller, intake }) => {
    const [placed] = await placeOrders({ intake })(caller.organizationId, [{ actor: caller.actor, draft, once }]);
    return placed ?? bug('every request is answered');
  },
  mayBeRefused: [SHORT],
});

export const buys = (...units: Units): Command => places(draftOf(units));

export const cancels = ({ id, number }: Order, reason: CancelReason = 'customerRequest'): Command => ({
  does: `cancels ${number}`,
  run: (hub) => cancelOrder(hub)(hub.caller, id, reason),
});

/** Sets the first line to a quantity, and may add other goods. */
export const edits = ({ id, number, lines }: Order, quantity: number, ...more: Units): Command => ({
  does: `edits ${number}`,
  run: (hub) =>
    editOrder(hub)(hub.caller, id, {
      lines: {
        change: lines.slice(0, 1).map((line) => ({ lineId: line.id, quantity })),
        add: more.map(([sku, units]) => ({ ...exampleLine(sku, units), sku })),
        onShortage: 'reject',
      },
    }),
});

export const cancelsLine = ({ id, number, lines }: Order, quantity: number): Command => ({
  does: `cancels ${quantity} of ${number}`,
  run: (hub) =>
    cancelLines(hub)(hub.caller, id, {
      reason: 'customerRequest',
      lines: lines.slice(0, 1).map((line) => ({ lineId: line.id, quantity })),
    }),
});

export const holds = ({ id, number }: Order): Command => ({
  does: `holds ${number}`,
  run: (hub) => holdOrder(hub)(hub.caller, id, { reason: 'fraud', note: null }),
});

export const resumes = ({ id, number }: Order): Command => ({
  does: `resumes ${number}`,
  run: (hub) => resumeOrder(hub)(hub.caller, id),
});

export const makesReady = ({ id, number }: Order): Command => ({
  does: `makes ${number} ready`,
  run: (hub) => markReady(hub)(hub.caller, id),
});

export const pays = ({ id, number }: Order): Command => ({
  does: `pays ${number}`,
  run: (hub) => recordPayment(hub)(hub.caller, id, { status: 'paid', reference: null }),
});

export const expires: Command = {
  does: 'takes back what lapsed',
  run: async (hub) => ok(await expireUnpaid(hub)(hub.caller.organizationId)),
};

export const receives = (sku: Sku, locationId: LocationId, quantity: number): Command => ({
  does: `receives ${quantity} ${sku}`,
  run: (hub) => receiveStock(hub)(hub.caller, { sku, locationId, quantity, reference: null }),
});

export const adjusts = (sku: Sku, locationId: LocationId, delta: number, reason: AdjustmentReason = 'count'): Command => ({
  does: `counts ${delta} ${sku}`,
  run: (hub) => adjustStock(hub)(hub.caller, { sku, locationId, delta, reason }),
});

export const transfers = (sku: Sku, from: LocationId, to: LocationId, quantity: number): Command => ({
  does: `moves ${quantity} ${sku}`,
  run: (hub) => transferStock(hub)(hub.caller, { sku, from, to, quantity }),
});

const byFake: ShipRequest = {
  carrier: 'fake',
  accountId: null,
  service: null,
  parcels: [exampleParcel],
  locationId: null,
  lineIds: null,
};

export const ships = ({ id, number }: Order): Command => ({
  does: `ships ${number}`,
  run: (hub) => shipOrder(hub)(hub.caller, id, byFake),
});

/** So many units of the first line, and the rest stays reserved. */
export const shipsPart = ({ id, number, lines }: Order, quantity: number): Command => ({
  does: `ships ${quantity} of ${number}`,
  run: (hub) => {
    const parts = lines.slice(0, 1).map((line) => ({ orderLineId: line.id, quantity }));
    return shipOrder(hub)(hub.caller, id, { ...byFake, lines: parts });
  },
});

export const releases = ({ id, quantity, sku }: Reservation): Command => ({
  does: `releases ${quantity} ${sku}`,
  run: (hub) => releaseReservation(hub)(hub.caller, id),
});

export const servesBacklog: Command = {
  does: 'serves the backlog',
  run: async (hub) => ok(await serveBacklog(hub)(hub.caller.organizationId)),
};

export const buysLabel = (id: ShipmentId): Command => ({
  does: 'buys the label',
  run: (hub) => buyLabel(hub)(hub.caller, id),
});

export const cancelsShipment = (id: ShipmentId): Command => ({
  does: 'cancels the shipment',
  run: (hub) => cancelShipment(hub)(hub.caller, id),
});

export const requestsReturn = ({ id, number, lines }: Order, quantity: number): Command => ({
  does: `asks for ${quantity} of ${number} to be taken back`,
  run: (hub) =>
    requestReturn(hub)(hub.caller, id, {
      lines: lines.slice(0, 1).map((line) => ({ lineId: line.id, quantity, reason: 'other' })),
      note: null,
    }),
});

export const receivesReturn = ({ id, number, lines }: Return, locationId: LocationId, quantity: number): Command => ({
  does: `receives ${quantity} of ${number}`,
  run: (hub) =>
    receiveReturn(hub)(hub.caller, id, {
      locationId,
      lines: lines.map(({ orderLineId }) => ({ lineId: orderLineId, sku: null, quantity, condition: 'sellable' })),
    }),
});

export const refunds = ({ id, number }: Return, amountMinor: number): Command => ({
  does: `gives ${amountMinor} back for ${number}`,
  run: (hub) => refundReturn(hub)(hub.caller, id, { amountMinor, reference: null }),
});

export const labelsReturn = ({ id, number }: Return, locationId: LocationId): Command => ({
  does: `buys the label of ${number}`,
  run: (hub) =>
    labelReturn(hub)(hub.caller, id, { carrier: 'fake', accountId: null, service: null, parcels: [exampleParcel], locationId }),
});
