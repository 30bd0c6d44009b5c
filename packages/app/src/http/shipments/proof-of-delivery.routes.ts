import { shipmentIdOf } from '../ids.js';
import { refusals } from '../problems/problem.schemas.js';
import { refuse } from '../problems/refuse.js';
import { routesOf } from '../routes.js';
import { callerOf } from '../signed-in.js';
import { idParams } from '../vocabulary.schemas.js';
import { fileNameOf } from './documents.schemas.js';
import { documentContent, sendDocument } from './sent-document.js';
import { labelQuery } from './shipments.schemas.js';

const asking = `The carrier keeps it, and is asked each time. Of a shipment that wasn't delivered nobody is asked; carriers have the paper some time after the
delivery, and not for ever.`;

const unproven = [
  'shipment.not_found',
  'shipment.not_delivered',
  'shipment.proof_not_found',
  'carrier.unknown',
  'carrier.refused',
  'carrier.unavailable',
  'carrier.unauthorized',
  'carrier.unsupported',
] as const;

/** The carrier's paper of a delivery. */
export const proofOfDeliveryRoutes = routesOf((server, { useCases }) => {
  server.get(
    '/shipments/:id/proof-of-delivery',
    {
      config: { permission: 'shipment.view' },
      schema: {
        operationId: 'getProofOfDelivery',
        tags: ['shipments'],
        summary: "The carrier's proof that a shipment was delivered",
        description: asking,
        params: idParams,
        querystring: labelQuery,
        response: { 200: documentContent, ...refusals('read', ...unproven) },
      },
    },
    async (request, reply) => {
      const proof = await useCases.proveDelivery(callerOf(request).organizationId, shipmentIdOf(request.params.id));
      if (!proof.ok) return refuse(reply, proof.error);
      const { shipment, papers } = proof.value;
      const { number = 1 } = request.query;
      const wanted = papers[number - 1];
      if (!wanted) return refuse(reply, { code: 'shipment.proof_not_found' });
      return sendDocument(reply, { ...wanted, name: fileNameOf(shipment, wanted, number) });
    },
  );
});
