import type { ShipmentDocument } from '@rappit/domain';
import type { FastifyReply } from 'fastify';
import { mediaTypeOf } from './documents.schemas.js';

/** A paper with a name for its file. */
export type NamedDocument = Pick<ShipmentDocument, 'format' | 'content'> & { readonly name: string };

const binary = { schema: { type: 'string', contentMediaType: 'application/octet-stream' } };

/** What the API's document says of an answer that is a paper. */
export const documentContent = {
  description: 'The document.',
  content: Object.fromEntries(Object.values(mediaTypeOf).map((type) => [type, binary])),
};

/** Answers with a paper as it is, under its name. */
export const sendDocument = (reply: FastifyReply, { format, content, name }: NamedDocument): FastifyReply =>
  reply
    .code(200)
    .header('content-type', mediaTypeOf[format])
    .header('content-disposition', `attachment; filename="${name}"`)
    .send(Buffer.from(content));
