import { channelIdOf } from '../ids.js';
import { pageAnswer, pageRequest } from '../pages.js';
import { refusals } from '../problems/problem.schemas.js';
import { refuse } from '../problems/refuse.js';
import { routesOf } from '../routes.js';
import { callerOf } from '../signed-in.js';
import { idParams } from '../vocabulary.schemas.js';
import { StockPushPage, stockPushQuery, stockPushView } from './stock-pushes.schemas.js';

/** What shops show of our stock. */
export const stockPushRoutes = routesOf((server, { read }) => {
  server.get(
    '/channels/:id/stock-pushes',
    {
      config: { permission: 'channel.view' },
      schema: {
        operationId: 'listStockPushes',
        tags: ['channels'],
        summary: 'What a shop is to show of our stock, by its own items, and what it shows',
        description: 'What it was asked to show, what it took, and what it was seen to show since, apart.',
        params: idParams,
        querystring: stockPushQuery,
        response: { 200: StockPushPage.ref, ...refusals('read', 'channel.not_found') },
      },
    },
    async (request, reply) => {
      const { status, ...page } = request.query;
      const asked = pageRequest('pair', page);
      const id = channelIdOf(request.params.id);
      const found = await read(callerOf(request).organizationId, async ({ channels, channelStock }) =>
        (await channels.find(id)) ? channelStock.list(id, asked, status) : undefined,
      );
      return found ? reply.send(pageAnswer('pair', found, stockPushView)) : refuse(reply, { code: 'channel.not_found' });
    },
  );
});
