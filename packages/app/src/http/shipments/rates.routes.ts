import type { AddressRateQuestion, OrderRateQuestion, Result } from '@rappit/domain';
import type { Static } from 'typebox';
import { addressOf } from '../address.schemas.js';
import type { HttpDeps } from '../deps.js';
import { carrierAccountIdOf, locationIdOf, orderIdOf } from '../ids.js';
import { refusals } from '../problems/problem.schemas.js';
import type { Fault } from '../problems/refusals.js';
import { refuse } from '../problems/refuse.js';
import { routesOf, type Typed } from '../routes.js';
import { callerOf } from '../signed-in.js';
import { keyed } from '../vocabulary.schemas.js';
import { AddressQuestion, AddressVerdict, Offers, offersView, RateQuestion, verdictView } from './rates.schemas.js';
import { optionsOf } from './shipping-options.schemas.js';
import { faultsOfLines, wantedLinesOf } from './wanted-lines.schemas.js';

const told = (operationId: string, summary: string) => ({ operationId, tags: ['carriers'], summary });
const config = { permission: 'shipment.create', cost: 'label.buy' } as const;

const asking = `All carriers are asked at once; one that fails is named in \`failed\`, beside the answers of the others. Asked again, they are asked anew.`;

/** What carriers are asked before anything is bought. */
export const rateRoutes = routesOf((server, deps) => {
  quote(server, deps);
  validate(server, deps);
});

const quote = (server: Typed, { useCases }: HttpDeps): void => {
  server.post(
    '/rates',
    {
      config,
      schema: {
        ...told('quoteRates', 'What carrying an order, or parcels between two addresses, would cost'),
        description: asking,
        headers: keyed,
        body: RateQuestion.ref,
        response: { 200: Offers.ref, ...refusals('post', ...noRates) },
      },
    },
    async (request, reply) => {
      const question = questionOf(request.body);
      if (!question.ok) return refuse(reply, { code: 'request.invalid', faults: question.error });
      const offers = await useCases.quoteRates(callerOf(request).organizationId, question.value);
      return offers.ok ? reply.send(offersView(offers.value)) : refuse(reply, offers.error);
    },
  );
};

const validate = (server: Typed, { useCases }: HttpDeps): void => {
  server.post(
    '/addresses/validate',
    {
      config,
      schema: {
        ...told('validateAddress', 'What a carrier thinks of an address'),
        headers: keyed,
        body: AddressQuestion.ref,
        response: { 200: AddressVerdict.ref, ...refusals('post', ...noVerdict) },
      },
    },
    async (request, reply) => {
      const { carrier, accountId, address } = request.body;
      const wanted = { ...accountOf({ carrier, accountId }), address: addressOf(address) };
      const verdict = await useCases.validateAddress(callerOf(request).organizationId, wanted);
      return verdict.ok ? reply.send(verdictView(verdict.value)) : refuse(reply, verdict.error);
    },
  );
};

const noRates = [
  'order.not_found',
  'order.line_not_found',
  'location.not_found',
  'shipment.location_needed',
  'quantity.invalid',
  'shipment.nothing_to_ship',
  'shipment.quantity_exceeded',
  'shipment.address_missing',
  'shipment.customs_incomplete',
  'carrier.unknown',
  'carrier_account.not_found',
] as const;

const noVerdict = [
  'carrier.unknown',
  'carrier_account.not_found',
  'carrier.refused',
  'carrier.unavailable',
  'carrier.unauthorized',
  'carrier.unsupported',
] as const;

const accountOf = ({ carrier, accountId }: { readonly carrier: string; readonly accountId?: string | undefined }) => ({
  carrier,
  accountId: accountId === undefined ? null : carrierAccountIdOf(accountId),
});

type Question = Static<typeof RateQuestion.ref>;

/** Of an order or between two addresses: never half of both. */
const questionOf = (asked: Question): Result<OrderRateQuestion | AddressRateQuestion, readonly Fault[]> => {
  const { orderId, locationId, from, to, goodsValue, parcels, carriers } = asked;
  const question = { carriers: carriers?.map(accountOf) ?? null, parcels, options: optionsOf(asked) };
  if (orderId !== undefined) {
    const others = Object.entries({ from, to, goodsValue }).filter(([, value]) => value !== undefined);
    if (others.length > 0)
      return { ok: false, error: others.map(([path]) => ({ path, message: 'is not asked for beside an order' })) };
    const faults = faultsOfLines(asked);
    if (faults.length > 0) return { ok: false, error: faults };
    const place = locationId === undefined ? null : locationIdOf(locationId);
    return {
      ok: true,
      value: { ...question, ...wantedLinesOf(asked), orderId: orderIdOf(orderId), locationId: place },
    };
  }
  if (!from || !to) {
    const missing = Object.entries({ from, to }).filter(([, value]) => value === undefined);
    return { ok: false, error: missing.map(([path]) => ({ path, message: 'is needed, or else an orderId' })) };
  }
  return { ok: true, value: { ...question, from: addressOf(from), to: addressOf(to), goodsValue: goodsValue ?? null } };
};
