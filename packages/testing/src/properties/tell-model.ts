import type { ShipmentId } from '@rappit/domain';
import { type Model, named } from './model.js';
import { cancellingLines, editing, holding, resuming } from './model-edits.js';
import { transferring } from './model-moves.js';
import { cancelling, makingReady, placing } from './model-orders.js';
import { expiring, lapsing, paying, sweeping } from './model-payments.js';
import { decidingReturn, receivingReturn, refundingReturn, requestingReturn } from './model-returns.js';
import { buying, shipping } from './model-shipping.js';
import { adjusting, type Outcome, receiving, servingBacklog } from './model-stock.js';
import type { Said } from './said.js';
import type { Command } from './story.js';

/** How long a `wait` takes: longer than a purchase may be under way. */
export const WAIT_MS = 130_000;

/** A command that was carried out in an earlier step, and the shipment that it began. */
export type Past = { readonly command: Command; readonly said: Said; readonly begun: ShipmentId | null };

/** What a step makes of the model, what it says, and what a later repetition would have to know. */
export const tellModel = (
  model: Model,
  command: Command,
  past: readonly Past[],
): Outcome & { readonly begun: ShipmentId | null } => {
  const nothing = { begun: null };
  switch (command.kind) {
    case 'receive':
      return { ...receiving(model, command), ...nothing };
    case 'adjust':
      return { ...adjusting(model, command), ...nothing };
    case 'transfer':
      return { ...transferring(model, command), ...nothing };
    case 'pay':
      return { ...paying(model, command), ...nothing };
    case 'hold':
      return { ...holding(model, command), ...nothing };
    case 'resume':
      return { ...resuming(model, command), ...nothing };
    case 'cancelLines':
      return { ...cancellingLines(model, command), ...nothing };
    case 'edit':
      return { ...editing(model, command), ...nothing };
    case 'requestReturn':
      return { ...requestingReturn(model, command), ...nothing };
    case 'decideReturn':
      return { ...decidingReturn(model, command), ...nothing };
    case 'receiveReturn':
      return { ...receivingReturn(model, command), ...nothing };
    case 'refundReturn':
      return { ...refundingReturn(model, command), ...nothing };
    case 'lapse':
      return { ...lapsing(model), ...nothing };
    case 'expire':
      return { ...sweeping(model), ...nothing };
    case 'place':
      return { ...placing(model, command), ...nothing };
    case 'cancel':
      return { ...cancelling(model, command), ...nothing };
    case 'ready':
      return { ...makingReady(model, command), ...nothing };
    case 'ship':
      return shipping(model, command);
    case 'buy':
      return { ...buying(model, command, named(model.shipments, command.shipment)), ...nothing };
    case 'switch':
      return { ...switching(model, command), ...nothing };
    case 'serve':
      return { ...servingBacklog(model), ...nothing };
    case 'wait':
      return { model: { ...model, now: new Date(model.now.getTime() + WAIT_MS) }, said: 'ok', ...nothing };
    case 'repeat':
      return { ...repeating(model, command, past), ...nothing };
  }
};

const switching = (model: Model, { location, active }: Extract<Command, { kind: 'switch' }>): Outcome => {
  const chosen = named(model.locations, location);
  const locations = model.locations.map((one) => (one === chosen ? { ...one, active } : one));
  return { model: { ...model, locations }, said: 'ok' };
};

const REPLAYED = 'idempotency.replayed';
const ALREADY_PLACED = 'order.already_placed';

/** A request made again has no effect, save that a purchase it began is gone on with. */
const repeating = (model: Model, { step, fault }: Extract<Command, { kind: 'repeat' }>, past: readonly Past[]): Outcome => {
  const before = repeatable(past, step);
  if (!before) return { model, said: 'skipped' };
  if (before.begun) {
    const shipment = model.shipments.find(({ id }) => id === before.begun);
    // What the carrier has refused stays refused: only another request asks it again.
    return shipment?.status === 'draft'
      ? { model, said: shipment.refusal?.code ?? 'skipped' }
      : buying(model, { fault }, shipment);
  }
  const { command } = before;
  if (command.kind === 'transfer') {
    const sku = named(model.skus, command.sku);
    return { model: sku ? expiring(model, [sku]) : model, said: REPLAYED };
  }
  const again =
    command.kind === 'place' ? command.orders.map(({ external }) => (external === null ? REPLAYED : ALREADY_PLACED)) : [REPLAYED];
  return { model, said: again.join('; ') };
};

const keyed: readonly Command['kind'][] = [
  'receive',
  'adjust',
  'place',
  'cancel',
  'ready',
  'ship',
  'transfer',
  'pay',
  'hold',
  'resume',
  'cancelLines',
  'requestReturn',
  'decideReturn',
  'receiveReturn',
  'refundReturn',
];

/** The earlier request that is meant, if it was made under a key. */
export const repeatable = (past: readonly Past[], step: number): Past | undefined => {
  const before = named(past, step);
  return before && before.said !== 'skipped' && keyed.includes(before.command.kind) ? before : undefined;
};
