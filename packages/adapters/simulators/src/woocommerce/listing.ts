import type { FastifyReply } from 'fastify';
import { jsonOf } from './json.js';

export type Query = Readonly<Record<string, string | undefined>>;

type Listing<Row> = {
  readonly rows: readonly Row[];
  readonly query: Query;
  readonly idOf: (row: Row) => string;
  readonly body: (row: Row) => unknown;
};

const whole = (text: string | undefined, otherwise: number): number => (/^\d+$/.test(text ?? '') ? Number(text) : otherwise);

/** By id, the newest first where nobody asks otherwise; `offset` goes before `page`. */
export const sendList = <Row>(reply: FastifyReply, { rows, query, idOf, body }: Listing<Row>): FastifyReply => {
  const direction = query['order'] === 'asc' ? 1 : -1;
  const wanted = query['include']?.split(',');
  const found = rows
    .filter((row) => !wanted || wanted.includes(idOf(row)))
    .sort((a, b) => (BigInt(idOf(a)) < BigInt(idOf(b)) ? -direction : direction));
  const perPage = Math.min(100, whole(query['per_page'], 10));
  const from = whole(query['offset'], (whole(query['page'], 1) - 1) * perPage);
  return reply
    .header('x-wp-total', String(found.length))
    .header('x-wp-totalpages', String(Math.ceil(found.length / perPage)))
    .type('application/json')
    .send(jsonOf(found.slice(from, from + perPage).map(body)));
};
