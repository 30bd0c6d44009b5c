import type { Caller, Order, OrderId, Refusal, Result, Return, ShipmentId } from '@rappit/domain';
import { exampleLine } from '../fakes/examples.js';
import type { GivenAnswers } from './given-answers.js';
import type { Tenant } from './hub.js';
import { named } from './model.js';
import { requestOf } from './model-orders.js';
import { arrivedOf } from './model-returns.js';
import { parcelOf } from './model-shipping.js';
import { adjustedWords, levelWords, type Said, say, statusWords } from './said.js';
import type { Command, Fault } from './story.js';

type Of<Kind extends Command['kind']> = Extract<Command, { readonly kind: Kind }>;

/** A request that can be made again exactly as it was. */
export type Request = (fault: Fault) => Promise<Said>;

/** What a request is made of: whose it is, what there is to name, oldest first, and the key it goes under. */
export type Asked = {
  readonly tenant: Tenant;
  readonly orders: readonly OrderId[];
  readonly seen: readonly Order[];
  readonly shipments: readonly ShipmentId[];
  readonly returns: readonly Return[];
  readonly key: string;
  readonly given: GivenAnswers;
};

/** The request of a command on the things that are there now; undefined where there is nothing of the kind. */
export const requestFor = (asked: Asked, command: Command): Request | undefined => {
  const { tenant } = asked;
  switch (command.kind) {
    case 'receive':
    case 'adjust':
    case 'transfer':
      return counting(asked, command);
    case 'place':
      return () => placing(asked, command);
    case 'cancel':
    case 'ready':
    case 'pay':
    case 'hold':
    case 'resume':
      return changing(asked, command);
    case 'cancelLines':
    case 'edit':
      return reshaping(asked, command);
    case 'requestReturn':
    case 'decideReturn':
    case 'receiveReturn':
    case 'refundReturn':
      return takingBack(asked, command);
    case 'ship':
      return shipping(asked, command);
    case 'buy': {
      const id = named(asked.shipments, command.shipment);
      return id && ((fault) => atCarrier(tenant, fault, async () => say(await tenant.buy(tenant.caller, id), statusWords)));
    }
    case 'switch': {
      const id = named(tenant.locationIds, command.location);
      const { active } = command;
      return id && (async () => say(await tenant.changeLocation(tenant.caller, id, { active }), () => '').trim());
    }
    case 'serve':
      return async () => `ok ${await tenant.serveBacklog(tenant.organizationId)}`;
    case 'lapse':
      return async () => {
        await tenant.lapse();
        return 'ok';
      };
    case 'expire':
      return async () => `ok ${await tenant.expire(tenant.organizationId)}`;
    default:
      return undefined;
  }
};

const keyedCaller = ({ tenant, given, key }: Asked): Caller => ({ ...tenant.caller, once: given.under(key) });

const saying =
  ({ given, key }: Asked) =>
  async <Value>(result: Promise<Result<Value, Refusal>>, words: (value: Value) => string): Promise<Said> =>
    given.say(key, await result, words);

const counting = (asked: Asked, command: Of<'receive'> | Of<'adjust'> | Of<'transfer'>): Request | undefined => {
  const { tenant } = asked;
  if (command.kind === 'transfer') return moving(asked, command);
  const [sku, locationId] = [named(tenant.skus, command.sku), named(tenant.locationIds, command.location)];
  if (!sku || !locationId) return undefined;
  const [caller, answer] = [keyedCaller(asked), saying(asked)];
  if (command.kind === 'receive')
    return () => answer(tenant.receive(caller, { sku, locationId, quantity: command.quantity, reference: null }), levelWords);
  return () => answer(tenant.adjust(caller, { sku, locationId, delta: command.delta, reason: 'count' }), adjustedWords);
};

const moving = (asked: Asked, command: Of<'transfer'>): Request | undefined => {
  const { tenant } = asked;
  const sku = named(tenant.skus, command.sku);
  const [from, to] = [named(tenant.locationIds, command.from), named(tenant.locationIds, command.to)];
  if (!sku || !from || !to) return undefined;
  const move = { sku, from, to, quantity: command.quantity };
  const [caller, answer] = [keyedCaller(asked), saying(asked)];
  return () => answer(tenant.transfer(caller, move), (moved) => `${levelWords(moved.from)}, ${levelWords(moved.to)}`);
};

const placing = async ({ tenant, given, key }: Asked, { orders }: Of<'place'>): Promise<Said> => {
  const keyOf = (index: number): string => `${key}.${index}`;
  const requests = orders.map((told, index) => ({
    ...requestOf(tenant, told, tenant.channelId),
    // A shop's order has a key of its own: the shop's id.
    ...(told.external === null && { once: given.under(keyOf(index)) }),
  }));
  const answers = await tenant.place(tenant.organizationId, requests);
  return answers.map((answer, index) => given.say(keyOf(index), answer, statusWords)).join('; ');
};

const changing = (asked: Asked, command: Of<'cancel' | 'ready' | 'pay' | 'hold' | 'resume'>): Request | undefined => {
  const { tenant } = asked;
  const id = named(asked.orders, command.order);
  if (!id) return undefined;
  const caller = keyedCaller(asked);
  if (command.kind === 'pay')
    return () => saying(asked)(tenant.pay(caller, id, { status: command.status, reference: null }), statusWords);
  const asks = {
    cancel: () => tenant.cancel(caller, id, 'other'),
    ready: () => tenant.ready(caller, id),
    hold: () => tenant.hold(caller, id, { reason: 'fraud', note: null }),
    resume: () => tenant.resume(caller, id),
  };
  const ask: () => Promise<Result<{ readonly status: string }, Refusal>> = asks[command.kind];
  return () => saying(asked)(ask(), statusWords);
};

/** Lines are named by their places, and looked up when the request is made for the first time. */
const reshaping = (asked: Asked, command: Of<'cancelLines' | 'edit'>): Request | undefined => {
  const { tenant } = asked;
  const order = asked.seen.find(({ id }) => id === named(asked.orders, command.order));
  const line = order && named(order.lines, command.line);
  if (!order || !line) return undefined;
  if (command.kind === 'cancelLines') {
    const lines = [{ lineId: line.id, quantity: command.quantity }];
    const caller = keyedCaller(asked);
    return () => saying(asked)(tenant.cancelLines(caller, order.id, { reason: 'other', lines }), statusWords);
  }
  const change = [{ lineId: line.id, quantity: command.quantity }];
  const sku = command.add && named(tenant.skus, command.add.sku);
  const add = command.add && sku ? [{ ...exampleLine(sku, command.add.quantity), sku }] : [];
  const lines = { change, add, onShortage: command.onShortage };
  return () => saying(asked)(tenant.edit(tenant.caller, order.id, { lines }), statusWords);
};

const takingBack = (
  asked: Asked,
  command: Of<'requestReturn' | 'decideReturn' | 'receiveReturn' | 'refundReturn'>,
): Request | undefined => {
  const { tenant } = asked;
  const [caller, answer] = [keyedCaller(asked), saying(asked)];
  if (command.kind === 'requestReturn') {
    const order = asked.seen.find(({ id }) => id === named(asked.orders, command.order));
    const line = order && named(order.lines, command.line);
    if (!order || !line) return undefined;
    const lines = [{ lineId: line.id, quantity: command.quantity, reason: 'other' as const }];
    return () => answer(tenant.requestReturn(caller, order.id, { lines, note: null }), statusWords);
  }
  const one = named(asked.returns, command.one);
  if (!one) return undefined;
  if (command.kind === 'decideReturn') return () => answer(tenant.decideReturn[command.by](caller, one.id, null), statusWords);
  if (command.kind === 'refundReturn')
    return () => answer(tenant.refundReturn(caller, one.id, { amountMinor: command.amountMinor, reference: null }), statusWords);
  const [line] = one.lines;
  const locationId = named(tenant.locationIds, command.location);
  if (!line || !locationId) return undefined;
  return () => answer(tenant.receiveReturn(caller, one.id, { locationId, lines: [arrivedOf(line, command)] }), statusWords);
};

const shipping = (asked: Asked, { order, location, part, heavy }: Of<'ship'>): Request | undefined => {
  const { tenant } = asked;
  const id = named(asked.orders, order);
  if (!id) return undefined;
  const locationId = location === null ? null : (named(tenant.locationIds, location) ?? null);
  const line = part && named(asked.seen.find((one) => one.id === id)?.lines ?? [], part.line);
  const lines = part && line ? [{ orderLineId: line.id, quantity: part.quantity }] : null;
  const parcels = [parcelOf(heavy)];
  const request = { carrier: 'fake', accountId: null, service: null, parcels, locationId, lineIds: null, lines };
  const caller = keyedCaller(asked);
  return (fault) => atCarrier(tenant, fault, () => saying(asked)(tenant.ship(caller, id, request), statusWords));
};

/** Asks while something is wrong with the carrier, and puts it right again. */
const atCarrier = async (tenant: Tenant, fault: Fault, ask: () => Promise<Said>): Promise<Said> => {
  tenant.suffer(fault);
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Error && error.message === 'crashed') return 'crashed';
    throw error;
  } finally {
    tenant.suffer(null);
  }
};
