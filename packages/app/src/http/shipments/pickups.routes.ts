import { type PickupRequest, type Result, standingPickup } from '@rappit/domain';
import type { Static } from 'typebox';
import { answer, answerGoingOn, sendRefused } from '../answer.js';
import type { HttpDeps } from '../deps.js';
import { carrierAccountIdOf, locationIdOf, pickupIdOf, shipmentIdOf } from '../ids.js';
import { pageAnswer, pageRequest } from '../pages.js';
import { refusals } from '../problems/problem.schemas.js';
import type { Fault } from '../problems/refusals.js';
import { refuse } from '../problems/refuse.js';
import { routesOf, type Typed } from '../routes.js';
import { callerOf } from '../signed-in.js';
import { idParams, keyed } from '../vocabulary.schemas.js';
import { NewPickup, Pickup, PickupFoundOut, PickupPage, pickupQuery, pickupView } from './pickups.schemas.js';

const told = (operationId: string, summary: string) => ({ operationId, tags: ['shipments'], summary });

const booking = `Where the carrier's answer got lost the answer is 504, and the pickup is \`unknown\` in the list of pickups: no carrier says afterwards what it has booked, so ask
it by telephone before another is booked. With an Idempotency-Key a repeated request is answered with the pickup of the first one as it is now, and books no second.`;

/** Having parcels picked up. */
export const pickupRoutes = routesOf((server, deps) => {
  book(server, deps);
  cancel(server, deps);
  settle(server, deps);
  list(server, deps);
});

const book = (server: Typed, { useCases }: HttpDeps): void => {
  server.post(
    '/pickups',
    {
      config: { permission: 'shipment.create', cost: 'label.buy' },
      schema: {
        ...told('bookPickup', 'Have parcels picked up'),
        description: booking,
        headers: keyed,
        body: NewPickup.ref,
        response: { 201: Pickup.ref, ...refusals('post', ...notBooked) },
      },
    },
    async (request, reply) => {
      const wanted = requestOf(request.body);
      if (!wanted.ok) return refuse(reply, { code: 'request.invalid', faults: wanted.error });
      return answerGoingOn({ request, reply }, { status: 201, view: pickupView, about: 'pickup' }, (caller) =>
        useCases.bookPickup(caller, wanted.value),
      );
    },
  );
};

const cancel = (server: Typed, { useCases }: HttpDeps): void => {
  server.delete(
    '/pickups/:id',
    {
      config: { permission: 'shipment.create', cost: 'label.change' },
      schema: {
        ...told('cancelPickup', 'Cancel a pickup'),
        description:
          'Safe to repeat: a cancelled pickup is answered as it is, and cancelling one whose answer got lost is asked again.',
        params: idParams,
        response: { 200: Pickup.ref, ...refusals('change', ...notCancelled) },
      },
    },
    async (request, reply) => {
      const cancelled = await useCases.cancelPickup(callerOf(request), pickupIdOf(request.params.id));
      return cancelled.ok ? reply.send(pickupView(cancelled.value)) : sendRefused(reply, cancelled.error);
    },
  );
};

const settle = (server: Typed, { useCases }: HttpDeps): void => {
  server.post(
    '/pickups/:id/settle',
    {
      config: { permission: 'shipment.cancel', cost: 'label.change' },
      schema: {
        ...told('settlePickup', 'Say what became of an unknown pickup'),
        description: 'After somebody has asked the carrier. Where nobody comes its shipments can be picked up by another.',
        params: idParams,
        headers: keyed,
        body: PickupFoundOut.ref,
        response: { 200: Pickup.ref, ...refusals('post', 'pickup.not_found', 'pickup.settled') },
      },
    },
    async (request, reply) => {
      const { confirmation, station, reason } = request.body;
      if ((confirmation === undefined) === (reason === undefined))
        return refuse(reply, {
          code: 'request.invalid',
          faults: [{ path: 'confirmation', message: 'is needed, or else reason' }],
        });
      if (confirmation === undefined && station !== undefined)
        return refuse(reply, { code: 'request.invalid', faults: [{ path: 'station', message: 'is told with a confirmation' }] });
      const found = confirmation === undefined ? { reason: reason ?? '' } : { confirmation, station: station ?? null };
      return answer({ request, reply }, { status: 200, view: pickupView }, (caller) =>
        useCases.settlePickup(caller, pickupIdOf(request.params.id), found),
      );
    },
  );
};

const list = (server: Typed, { read }: HttpDeps): void => {
  server.get(
    '/pickups',
    {
      config: { permission: 'shipment.view' },
      schema: {
        ...told('listPickups', 'Pickups, newest first'),
        querystring: pickupQuery,
        response: { 200: PickupPage.ref, ...refusals('read') },
      },
    },
    async (request, reply) => {
      const asked = pageRequest('id', request.query);
      const page = await read(callerOf(request).organizationId, async ({ pickups, now }) => {
        const stored = await pickups.list(asked);
        return { ...stored, data: stored.data.map((pickup) => standingPickup(pickup, now)) };
      });
      return reply.send(pageAnswer('id', page, pickupView));
    },
  );
};

const atCarrier = [
  'carrier.unknown',
  'carrier.refused',
  'carrier.unavailable',
  'carrier.unauthorized',
  'carrier.unsupported',
  'carrier.unknown_outcome',
] as const;

const notBooked = [
  'carrier_account.not_found',
  'location.not_found',
  'shipment.not_found',
  'shipment.invalid_transition',
  'shipment.address_missing',
  'pickup.already_booked',
  'pickup.return_label',
  'pickup.shipments_differ',
  'pickup.not_found',
  ...atCarrier,
] as const;

const notCancelled = ['pickup.not_found', 'pickup.unconfirmed', ...atCarrier] as const;

/** For shipments, or for parcels: never half of both. */
const requestOf = (asked: Static<typeof NewPickup.ref>): Result<PickupRequest, readonly Fault[]> => {
  const { on, readyAt, closesAt, place, shipmentIds, carrier, accountId, locationId, parcels, service, abroad } = asked;
  const window = { on, readyAt, closesAt, place: place ?? null };
  if (closesAt <= readyAt) return { ok: false, error: [{ path: 'closesAt', message: 'must be later than readyAt' }] };
  if (shipmentIds) {
    const others = Object.entries({ carrier, accountId, locationId, parcels, service, abroad });
    const wrong = others.filter(([, value]) => value !== undefined);
    return wrong.length === 0
      ? { ok: true, value: { ...window, shipmentIds: shipmentIds.map(shipmentIdOf) } }
      : { ok: false, error: wrong.map(([path]) => ({ path, message: 'is what the shipments say' })) };
  }
  if (carrier === undefined || locationId === undefined || parcels === undefined) {
    const missing = Object.entries({ carrier, locationId, parcels }).filter(([, value]) => value === undefined);
    return { ok: false, error: missing.map(([path]) => ({ path, message: 'is needed, or else shipmentIds' })) };
  }
  const account = accountId === undefined ? null : carrierAccountIdOf(accountId);
  return {
    ok: true,
    value: {
      ...window,
      carrier,
      accountId: account,
      locationId: locationIdOf(locationId),
      parcels,
      service: service ?? null,
      abroad: abroad ?? false,
    },
  };
};
