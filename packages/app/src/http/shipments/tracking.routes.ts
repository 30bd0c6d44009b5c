import { answerGoingOn } from '../answer.js';
import type { HttpDeps } from '../deps.js';
import { shipmentIdOf } from '../ids.js';
import { refusals } from '../problems/problem.schemas.js';
import { refuse } from '../problems/refuse.js';
import { routesOf, type Typed } from '../routes.js';
import { callerOf } from '../signed-in.js';
import { idParams, keyed } from '../vocabulary.schemas.js';
import { Tracking, trackingView } from './tracking.schemas.js';

const told = (operationId: string, summary: string) => ({ operationId, tags: ['shipments'], summary });

const asking = `Carriers are asked by themselves, the younger a shipment the more often, and never more often than they allow. This asks at once;
where the carrier was asked a short while ago, the answer is 429 with \`mayTrackAt\` and \`Retry-After\`. What is known already is read without asking.`;

/** Where parcels are. */
export const trackingRoutes = routesOf((server, deps) => {
  look(server, deps);
  track(server, deps);
});

const look = (server: Typed, { useCases }: HttpDeps): void => {
  server.get(
    '/shipments/:id/tracking',
    {
      config: { permission: 'shipment.view' },
      schema: {
        ...told('getTracking', 'Where a shipment is, as far as its carrier has said'),
        params: idParams,
        response: { 200: Tracking.ref, ...refusals('read', 'shipment.not_found') },
      },
    },
    async (request, reply) => {
      const found = await useCases.findTracking(callerOf(request).organizationId, shipmentIdOf(request.params.id));
      return found.ok ? reply.send(trackingView(found.value)) : refuse(reply, found.error);
    },
  );
};

const track = (server: Typed, { useCases }: HttpDeps): void => {
  server.post(
    '/shipments/:id/track',
    {
      config: { permission: 'shipment.create', cost: 'free' },
      schema: {
        ...told('trackShipment', 'Ask the carrier where a shipment is'),
        description: asking,
        params: idParams,
        headers: keyed,
        response: {
          200: Tracking.ref,
          ...refusals(
            'post',
            'shipment.not_found',
            'shipment.not_labelled',
            'shipment.tracked_recently',
            'carrier.unknown',
            'carrier.refused',
            'carrier.unavailable',
            'carrier.unauthorized',
            'carrier.unsupported',
          ),
        },
      },
    },
    async (request, reply) => {
      const id = shipmentIdOf(request.params.id);
      return answerGoingOn({ request, reply }, { status: 200, view: trackingView, about: 'shipment' }, async (caller) => {
        const tracked = await useCases.trackNow(caller, id);
        return tracked.ok ? useCases.findTracking(caller.organizationId, id) : tracked;
      });
    },
  );
};
