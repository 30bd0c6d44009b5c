import type { Cost, ImportKind, Permission } from '@rappit/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { answer, sendRefused } from '../answer.js';
import { arrivingText, takeCsv } from '../csv/csv-body.js';
import { readCsv } from '../csv/read-csv.js';
import type { HttpDeps } from '../deps.js';
import { importIdOf } from '../ids.js';
import { pageAnswer, pageRequest } from '../pages.js';
import { refusals } from '../problems/problem.schemas.js';
import { refuse } from '../problems/refuse.js';
import { routesOf, type Typed } from '../routes.js';
import { callerOf } from '../signed-in.js';
import { idParams, keyed } from '../vocabulary.schemas.js';
import {
  Import,
  ImportErrorPage,
  ImportPage,
  importErrorView,
  importQuery,
  importView,
  sheetBody,
  sheetQuery,
} from './imports.schemas.js';

/** Sheets that people send, and how far the work on them is. */
export const importRoutes = routesOf((server, deps) => {
  takeCsv(server);
  sheets(server, deps);
  progress(server, deps);
});

const description = `The body is CSV in UTF-8: a header, then up to 200,000 rows, separated by commas, semicolons or tabs.

The sheet is taken whole or not at all; the answer comes when all of it is here, and the work goes on in the background: ask for the import to see how far it is.
A row with errors is refused by itself, and the others are taken. Sending the same sheet again does no harm: what is as the sheet says stays as it is.`;

type Taking = {
  readonly kind: ImportKind;
  readonly url: string;
  readonly permission: Permission;
  readonly cost: Cost;
  readonly operationId: string;
  readonly summary: string;
  readonly columns: string;
};

const takings: readonly Taking[] = [
  {
    kind: 'items',
    url: '/items/import',
    permission: 'item.write',
    cost: 'item.write',
    operationId: 'importItems',
    summary: 'Add and change items by a sheet',
    columns: `Columns: \`sku\`, and any of the others that a list of items as CSV has. A fact whose column is missing stays, an empty cell takes it away.`,
  },
  {
    kind: 'stock',
    url: '/inventory/import',
    permission: 'inventory.import',
    cost: 'stock.change',
    operationId: 'importStock',
    summary: 'Set stock to what was counted, by a sheet',
    columns: `Columns: \`sku\`, \`onHand\`, and any of the others that a list of levels as CSV has. \`onHand\` is what was counted: the level is adjusted by the difference,
whatever was promised. \`location\` is a location's code; a sheet without that column means the only active location. \`safetyStock\` is set where it stands. What is empty stays;
\`name\`, \`reserved\` and \`available\` are passed over, so that an exported list can be filled in and sent back.`,
  },
];

const sheets = (server: Typed, deps: HttpDeps): void => {
  for (const { kind, url, permission, cost, operationId, summary, columns } of takings)
    server.post(
      url,
      {
        config: { permission, cost },
        schema: {
          operationId,
          tags: ['imports'],
          summary,
          description: `${description}\n\n${columns}`,
          headers: keyed,
          querystring: sheetQuery,
          body: sheetBody,
          response: {
            202: Import.ref,
            ...refusals(
              'post',
              'import.empty',
              'import.header_invalid',
              'import.too_many',
              'import.too_many_rows',
              'import.unreadable',
            ),
          },
        },
      },
      async (request, reply) => {
        try {
          return await take({ deps, request, reply }, kind, request.query.dryRun ?? false);
        } finally {
          // What nobody read of a refused sheet is read away, or its client would never hear why.
          request.raw.resume();
        }
      },
    );
};

type Exchange = { readonly deps: HttpDeps; readonly request: FastifyRequest; readonly reply: FastifyReply };

const take = async ({ deps, request, reply }: Exchange, kind: ImportKind, dryRun: boolean): Promise<FastifyReply> => {
  const { useCases, wake } = deps;
  const { text, digest } = arrivingText(request, `dryRun=${dryRun}`);
  const { header, rows } = await readCsv(text);
  const received = await useCases.receiveImport(callerOf(request), { kind, dryRun, header, rows });
  if (!received.ok) return sendRefused(reply, received.error);
  request.setDecorator('bodyDigest', digest());
  return answer({ request, reply }, { status: 202, view: importView }, async (caller) => {
    const started = await useCases.startImport(caller, received.value);
    if (started.ok) wake('imports', [caller.organizationId]);
    return started;
  });
};

const progress = (server: Typed, { read }: HttpDeps): void => {
  server.get(
    '/imports',
    {
      config: { permission: 'import.view' },
      schema: {
        operationId: 'listImports',
        tags: ['imports'],
        summary: 'Imports, newest first',
        querystring: importQuery,
        response: { 200: ImportPage.ref, ...refusals('read') },
      },
    },
    async (request, reply) => {
      const asked = pageRequest('id', request.query);
      const page = await read(callerOf(request).organizationId, ({ imports }) => imports.list(asked));
      return reply.send(pageAnswer('id', page, importView));
    },
  );

  server.get(
    '/imports/:id',
    {
      config: { permission: 'import.view' },
      schema: {
        operationId: 'getImport',
        tags: ['imports'],
        summary: 'How far an import is',
        params: idParams,
        response: { 200: Import.ref, ...refusals('read', 'import.not_found') },
      },
    },
    async (request, reply) => {
      const id = importIdOf(request.params.id);
      const found = await read(callerOf(request).organizationId, ({ imports }) => imports.find(id));
      return found ? reply.send(importView(found)) : refuse(reply, { code: 'import.not_found' });
    },
  );

  server.get(
    '/imports/:id/errors',
    {
      config: { permission: 'import.view' },
      schema: {
        operationId: 'listImportErrors',
        tags: ['imports'],
        summary: 'What is wrong with the rows of an import, in their order',
        params: idParams,
        querystring: importQuery,
        response: { 200: ImportErrorPage.ref, ...refusals('read', 'import.not_found') },
      },
    },
    async (request, reply) => {
      const id = importIdOf(request.params.id);
      const asked = pageRequest('id', request.query);
      const page = await read(
        callerOf(request).organizationId,
        async ({ imports }) => (await imports.find(id)) && imports.faults(id, asked),
      );
      return page ? reply.send(pageAnswer('id', page, importErrorView)) : refuse(reply, { code: 'import.not_found' });
    },
  );
};
