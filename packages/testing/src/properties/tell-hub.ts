import type { Caller, Once, Refusal, Result, Shipment, StoredAnswer } from '@rappit/domain';
import type { KnownIds, Tenant } from './hub.js';
import { named } from './model.js';
import { requestOf } from './model-orders.js';
import { parcelOf } from './model-shipping.js';
import { adjustedWords, levelWords, type Said, say, statusWords } from './said.js';
import type { Command, Fault } from './story.js';

type Of<Kind extends Command['kind']> = Extract<Command, { readonly kind: Kind }>;

/** A request that can be made again exactly as it was. */
export type Request = (fault: Fault) => Promise<Said>;

/** The answers that were given under each key: what a replay has to be equal to. */
export type Given = Map<string, StoredAnswer>;

const keyed = (given: Given, key: string): Once => ({
  scope: 'POST /story',
  key,
  fingerprint: key,
  answer: (outcome) => {
    const shipmentId = outcome.ok ? (outcome.value as { readonly shipment?: Shipment }).shipment?.id : undefined;
    const answer = { status: outcome.ok ? 200 : 409, body: JSON.stringify(outcome), resource: shipmentId ?? null };
    given.set(key, answer);
    return answer;
  },
});

/** A replay counts as one only when it is the very answer that was given. */
const sayKeyed = <Value>(given: Given, key: string, result: Result<Value, Refusal>, words: (value: Value) => string): Said => {
  if (result.ok || result.error.code !== 'idempotency.replayed') return say(result, words);
  const { answer } = result.error as Refusal & { readonly answer?: StoredAnswer };
  const first = given.get(key);
  return answer && first && answer.body === first.body && answer.status === first.status
    ? 'idempotency.replayed'
    : 'replayed another answer';
};

/** The request of a command on the things that are there now; undefined where there is nothing of the kind. */
export const requestFor = (
  tenant: Tenant,
  command: Command,
  key: string,
  { ids, given }: { readonly ids: KnownIds; readonly given: Given },
): Request | undefined => {
  const caller: Caller = { ...tenant.caller, once: keyed(given, key) };
  const saying = async <Value>(result: Promise<Result<Value, Refusal>>, words: (value: Value) => string) =>
    sayKeyed(given, key, await result, words);
  switch (command.kind) {
    case 'receive':
    case 'adjust': {
      const [sku, locationId] = [named(tenant.skus, command.sku), named(tenant.locationIds, command.location)];
      if (!sku || !locationId) return undefined;
      if (command.kind === 'receive')
        return () => saying(tenant.receive(caller, { sku, locationId, quantity: command.quantity, reference: null }), levelWords);
      return () => saying(tenant.adjust(caller, { sku, locationId, delta: command.delta, reason: 'count' }), adjustedWords);
    }
    case 'place':
      return () => placing(tenant, command, key, given);
    case 'cancel':
    case 'ready': {
      const id = named(ids.orders, command.order);
      if (!id) return undefined;
      return () => saying(command.kind === 'cancel' ? tenant.cancel(caller, id, 'other') : tenant.ready(caller, id), statusWords);
    }
    case 'ship':
      return shipping(tenant, command, caller, { ids, given, key });
    case 'buy': {
      const id = named(ids.shipments, command.shipment);
      return id && ((fault) => atCarrier(tenant, fault, () => tenant.buy(tenant.caller, id)));
    }
    case 'switch': {
      const id = named(tenant.locationIds, command.location);
      return id && (async () => say(await tenant.changeLocation(tenant.caller, id, { active: command.active }), () => '').trim());
    }
    default:
      return undefined;
  }
};

const placing = async (tenant: Tenant, { orders }: Of<'place'>, key: string, given: Given): Promise<Said> => {
  const requests = orders.map((told, index) => ({
    ...requestOf(tenant, told, tenant.channelId),
    once: keyed(given, `${key}.${index}`),
  }));
  const answers = await tenant.place(tenant.organizationId, requests);
  return answers.map((answer, index) => sayKeyed(given, `${key}.${index}`, answer, statusWords)).join('; ');
};

type Shipping = { readonly ids: KnownIds; readonly given: Given; readonly key: string };

const shipping = (
  tenant: Tenant,
  { order, location, heavy }: Of<'ship'>,
  caller: Caller,
  { ids, given, key }: Shipping,
): Request | undefined => {
  const id = named(ids.orders, order);
  const locationId = location === null ? null : (named(tenant.locationIds, location) ?? null);
  const request = { carrier: 'fake', service: null, parcels: [parcelOf(heavy)], locationId, lineIds: null };
  return (
    id &&
    ((fault) =>
      atCarrier(
        tenant,
        fault,
        () => tenant.ship(caller, id, request),
        (result) => sayKeyed(given, key, result, statusWords),
      ))
  );
};

const atCarrier = async (
  tenant: Tenant,
  fault: Fault,
  ask: () => Promise<Result<Shipment, Refusal>>,
  words: (result: Result<Shipment, Refusal>) => Said = (result) => say(result, statusWords),
): Promise<Said> => {
  tenant.suffer(fault);
  try {
    return words(await ask());
  } catch (error) {
    if (error instanceof Error && error.message === 'crashed') return 'crashed';
    throw error;
  } finally {
    tenant.suffer(null);
  }
};
