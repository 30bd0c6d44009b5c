import { Readable } from 'node:stream';
import type { Cells } from '@rappit/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import Type, { type TSchema } from 'typebox';
import type { Exchange } from '../answer.js';
import { refusing } from '../problems/refusals.js';
import { loggable } from '../problems/unavailable.js';
import { BOM, csvLine } from './csv-text.js';

/** What a list answers: a page as JSON, or all of it as CSV. */
export const pageOrCsv = <Schema extends TSchema>(page: Schema) => ({
  description: 'A page as JSON, or, with `Accept: text/csv`, every row as CSV.',
  content: { 'application/json': { schema: page }, 'text/csv': { schema: Type.String() } },
});

type Asked = { readonly limit?: number; readonly cursor?: string };

/** Whether a list is wanted as CSV. Then it is wanted whole: a page of it is refused. */
export const wantsCsv = (request: Pick<FastifyRequest, 'headers'>, { limit, cursor }: Asked): boolean => {
  if (!prefersCsv(request.headers.accept ?? '')) return false;
  const faults = Object.entries({ limit, cursor }).flatMap(([path, value]) =>
    value === undefined ? [] : [{ path, message: 'is not taken with Accept: text/csv, which answers every row' }],
  );
  if (faults.length > 0) throw refusing({ code: 'request.invalid', faults });
  return true;
};

/** Named by itself, and no less welcome than JSON (RFC 9110, 12.5.1). */
export const prefersCsv = (accept: string): boolean => {
  const qualities = new Map(
    accept.split(',').map((range): [string, number] => {
      const [type = '', ...parameters] = range.toLowerCase().replaceAll(/\s/g, '').split(';');
      const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
      return [type, quality === undefined ? 1 : Number(quality) || 0];
    }),
  );
  const csv = qualities.get('text/csv') ?? 0;
  return csv > 0 && csv >= (qualities.get('application/json') ?? 0);
};

export type Sheet<Column extends string> = {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly pages: AsyncIterable<readonly Cells<Column>[]>;
};

/**
 * Answers a sheet row by row, as fast as it is read and no faster: no more than a page of it is held.
 * What fails before the first page is answered as a problem; what fails later breaks the answer off, which every client notices.
 */
export const sendCsv = async <Column extends string>(
  { request, reply }: Exchange,
  { name, columns, pages }: Sheet<Column>,
): Promise<FastifyReply> => {
  const lines = (rows: readonly Cells<Column>[]): string =>
    rows.map((row) => csvLine(columns.map((column) => row[column]))).join('');
  const rest = pages[Symbol.asyncIterator]();
  const first = await rest.next();
  async function* text(): AsyncGenerator<string> {
    try {
      yield `${BOM}${csvLine(columns)}${first.done ? '' : lines(first.value)}`;
      for (let page = await rest.next(); !page.done; page = await rest.next()) yield lines(page.value);
    } catch (error) {
      request.log.error({ fault: loggable(error) }, 'an export broke off');
      throw new Error('an export broke off');
    } finally {
      await rest.return?.();
    }
  }
  return reply
    .header('content-type', 'text/csv; charset=utf-8; header=present')
    .header('content-disposition', `attachment; filename="${name}.csv"`)
    .header('vary', 'accept')
    .send(Readable.from(text()));
};
