import type { Shipment as DomainShipment, ShipmentDocument } from '@rappit/domain';
import type { FastifyReply } from 'fastify';
import { answer } from './answer.js';
import type { HttpDeps } from './deps.js';
import { shipmentIdOf } from './ids.js';
import { refusals } from './problem.schemas.js';
import { refuse } from './refuse.js';
import { routesOf, type Typed } from './routes.js';
import { labelQuery, mediaTypeOf, notBought, Shipment, shipmentView } from './shipments.schemas.js';
import { callerOf } from './signed-in.js';
import { idParams, keyed } from './vocabulary.schemas.js';

const told = (operationId: string, summary: string) => ({ operationId, tags: ['shipments'], summary });

/** The papers of a shipment. */
export const labelRoutes = routesOf((server, deps) => {
  getLabel(server, deps);
  buyLabel(server, deps);
});

const getLabel = (server: Typed, { read }: HttpDeps): void => {
  server.get(
    '/shipments/:id/label',
    {
      config: { permission: 'shipment.view' },
      schema: {
        ...told('getLabel', 'The label, as the carrier made it'),
        params: idParams,
        querystring: labelQuery,
        response: { 200: labelContent, ...refusals('read', 'shipment.not_found', 'shipment.label_not_found') },
      },
    },
    async (request, reply) => {
      const id = shipmentIdOf(request.params.id);
      const found = await read(callerOf(request).organizationId, async ({ shipments }) => {
        const shipment = await shipments.find(id);
        return shipment && { shipment, documents: await shipments.documents(id) };
      });
      if (!found) return refuse(reply, { code: 'shipment.not_found' });
      const wanted = found.documents.filter(({ kind }) => kind === 'label')[(request.query.number ?? 1) - 1];
      return wanted ? sendDocument(reply, found.shipment, wanted) : refuse(reply, { code: 'shipment.label_not_found' });
    },
  );
};

const buyLabel = (server: Typed, { useCases }: HttpDeps): void => {
  server.post(
    '/shipments/:id/label',
    {
      config: { permission: 'shipment.create' },
      schema: {
        ...told('buyLabel', 'Buy the label of a draft, or look up a purchase that may have happened'),
        description: 'Safe to repeat, with or without an Idempotency-Key: a shipment that has its label is answered as it is.',
        params: idParams,
        headers: keyed,
        response: { 200: Shipment.ref, ...refusals('post', ...notBought) },
      },
    },
    async (request, reply) =>
      answer({ request, reply }, { status: 200, view: shipmentView }, (caller) =>
        useCases.buyLabel(caller, shipmentIdOf(request.params.id)),
      ),
  );
};

const binary = { schema: { type: 'string', contentMediaType: 'application/octet-stream' } };

const labelContent = {
  description: 'The document.',
  content: Object.fromEntries(Object.values(mediaTypeOf).map((type) => [type, binary])),
};

const sendDocument = (
  reply: FastifyReply,
  { trackingNumber, reference }: DomainShipment,
  { format, content }: ShipmentDocument,
): FastifyReply =>
  reply
    .code(200)
    .header('content-type', mediaTypeOf[format])
    .header(
      'content-disposition',
      `attachment; filename="label-${(trackingNumber ?? reference).replace(/[^\w-]/g, '')}.${format}"`,
    )
    .send(Buffer.from(content));
