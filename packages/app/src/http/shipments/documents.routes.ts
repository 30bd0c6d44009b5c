import type { LabelsWanted, OrganizationId, Paper, Shipment, ShipmentId, ShipmentStore } from '@rappit/domain';
import type { HttpDeps } from '../deps.js';
import { orderIdOf, shipmentIdOf } from '../ids.js';
import { refusals } from '../problems/problem.schemas.js';
import { refuse } from '../problems/refuse.js';
import { routesOf, type Typed } from '../routes.js';
import { callerOf } from '../signed-in.js';
import { idParams } from '../vocabulary.schemas.js';
import { DocumentList, documentParams, fileNameOf, labelsQuery, mediaTypeOf } from './documents.schemas.js';
import { documentContent, type NamedDocument, sendDocument } from './sent-document.js';
import { labelQuery } from './shipments.schemas.js';

const told = (operationId: string, summary: string) => ({ operationId, tags: ['shipments'], summary });

const merging = `PDFs become one PDF. ZPL and EPL, which are programs for a printer, are put one behind the other. Labels of several formats, and pictures, are refused;
so is a shipment without a label, and the problem names it. Either \`ids\`, or \`orderId\`, \`status\` or both.`;

/** The papers of shipments, as their carriers made them. */
export const documentRoutes = routesOf((server, deps) => {
  getLabel(server, deps);
  listDocuments(server, deps);
  getDocument(server, deps);
  mergeLabels(server, deps);
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
        response: { 200: documentContent, ...refusals('read', 'shipment.not_found', 'shipment.label_not_found') },
      },
    },
    async (request, reply) => {
      const found = await findDocument(
        read,
        { organizationId: callerOf(request).organizationId, id: shipmentIdOf(request.params.id) },
        (papers) => papers.filter(({ kind }) => kind === 'label').at((request.query.number ?? 1) - 1),
      );
      if (!found) return refuse(reply, { code: 'shipment.not_found' });
      return found.document ? sendDocument(reply, found.document) : refuse(reply, { code: 'shipment.label_not_found' });
    },
  );
};

const listDocuments = (server: Typed, { read }: HttpDeps): void => {
  server.get(
    '/shipments/:id/documents',
    {
      config: { permission: 'shipment.view' },
      schema: {
        ...told('listDocuments', 'The papers of a shipment'),
        params: idParams,
        response: { 200: DocumentList.ref, ...refusals('read', 'shipment.not_found') },
      },
    },
    async (request, reply) => {
      const id = shipmentIdOf(request.params.id);
      const named = await read(callerOf(request).organizationId, ({ shipments }) => papersOf(shipments, id));
      if (!named) return refuse(reply, { code: 'shipment.not_found' });
      const data = named.map(({ position, kind, format, name, bytes }) => ({
        number: position + 1,
        kind,
        format,
        mediaType: mediaTypeOf[format],
        name,
        bytes,
      }));
      return reply.send({ data });
    },
  );
};

const getDocument = (server: Typed, { read }: HttpDeps): void => {
  server.get(
    '/shipments/:id/documents/:number',
    {
      config: { permission: 'shipment.view' },
      schema: {
        ...told('getDocument', 'One paper of a shipment, as the carrier made it'),
        params: documentParams,
        response: { 200: documentContent, ...refusals('read', 'shipment.not_found', 'shipment.document_not_found') },
      },
    },
    async (request, reply) => {
      const { id, number } = request.params;
      const found = await findDocument(
        read,
        { organizationId: callerOf(request).organizationId, id: shipmentIdOf(id) },
        (papers) => papers.find(({ position }) => position === number - 1),
      );
      if (!found) return refuse(reply, { code: 'shipment.not_found' });
      return found.document ? sendDocument(reply, found.document) : refuse(reply, { code: 'shipment.document_not_found' });
    },
  );
};

const mergeLabels = (server: Typed, { useCases }: HttpDeps): void => {
  server.get(
    '/shipments/labels',
    {
      config: { permission: 'shipment.view' },
      schema: {
        ...told('mergeLabels', 'The labels of many shipments in one file'),
        description: merging,
        querystring: labelsQuery,
        response: { 200: documentContent, ...refusals('read', ...unmerged) },
      },
    },
    async (request, reply) => {
      const wanted = labelsWanted(request.query);
      if (!wanted) return refuse(reply, { code: 'request.invalid', faults: [oneOfBoth] });
      const merged = await useCases.mergeLabels(callerOf(request).organizationId, wanted);
      return merged.ok
        ? sendDocument(reply, { ...merged.value, name: `labels.${merged.value.format}` })
        : refuse(reply, merged.error);
    },
  );
};

const unmerged = [
  'request.invalid',
  'shipment.not_found',
  'shipment.labels_missing',
  'shipment.labels_unmergeable',
  'shipment.too_many_labels',
] as const;

const oneOfBoth = { path: 'ids', message: 'is needed, or else orderId or status' };

type LabelsQuery = {
  readonly ids?: string;
  readonly orderId?: string;
  readonly status?: Shipment['status'];
};

const labelsWanted = ({ ids, orderId, status }: LabelsQuery): LabelsWanted | null => {
  const filtered = orderId !== undefined || status !== undefined;
  if ((ids !== undefined) === filtered) return null;
  return ids === undefined
    ? { filter: { orderId: orderId === undefined ? undefined : orderIdOf(orderId), status } }
    : { ids: ids.split(',').map(shipmentIdOf) };
};

type NamedPaper = Paper & Pick<NamedDocument, 'name'>;

/** The papers with a name for each, numbered where there are several of a kind; undefined where there is no such shipment. */
const papersOf = async (shipments: ShipmentStore, id: ShipmentId): Promise<readonly NamedPaper[] | undefined> => {
  const shipment = await shipments.find(id);
  if (!shipment) return undefined;
  const papers = await shipments.papers([id]);
  return papers.map((one, index) => {
    const count = papers.slice(0, index + 1).filter(({ kind }) => kind === one.kind).length;
    return { ...one, name: fileNameOf(shipment, one, count) };
  });
};

type Which = { readonly organizationId: OrganizationId; readonly id: ShipmentId };

/** The one paper that is chosen, and no other, is read; undefined where there is no such shipment. */
const findDocument = (
  read: HttpDeps['read'],
  { organizationId, id }: Which,
  choose: (papers: readonly NamedPaper[]) => NamedPaper | undefined,
): Promise<{ readonly document: NamedDocument | undefined } | undefined> =>
  read(organizationId, async ({ shipments }) => {
    const papers = await papersOf(shipments, id);
    if (!papers) return undefined;
    const chosen = choose(papers);
    const [document] = chosen ? await shipments.documents([chosen]) : [];
    return { document: chosen && document && { ...document, name: chosen.name } };
  });
