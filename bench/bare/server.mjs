/**
 * The server to be compared with: Fastify and pg, and nothing that Rappit has on top: nobody signs in, nothing is validated,
 * no policy is asked, no hash is made, no line is logged. Started by `subject.mjs`, and ends with it.
 */
import Fastify from 'fastify';
import pg from 'pg';
import { placeBatched } from './place-batch.mjs';
import { placeOne } from './place-one.mjs';

const { DATABASE_URL, MODE, ORGANIZATION, LOCATION } = process.env;

/** Statements go out at once over connections in turn, each behind what it hasn't answered yet. */
const connect = async (count) => {
  const clients = Array.from({ length: count }, () =>
    new pg.Client({ connectionString: DATABASE_URL, pipeline: true }).on('error', () => {}),
  );
  for (const client of clients) await client.connect();
  let turn = 0;
  return {
    query: (asked) => clients[turn++ % count].query(asked),
    end: () => Promise.all(clients.map((client) => client.end())),
  };
};
let connections = await connect(1);
/** For the least that a statement can do, asked as most servers ask: each connection one thing at a time. */
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 3, idleTimeoutMillis: 0 }).on('error', () => {});

const deps = { query: (asked) => connections.query(asked), organization: ORGANIZATION, location: LOCATION };
const place = MODE === 'batch' ? placeBatched(deps) : placeOne(deps);

const server = Fastify({ logger: false });
server.post('/orders', async (request, reply) => {
  const body = await place({ key: request.headers['idempotency-key'], asked: request.body });
  return reply.code(201).header('content-type', 'application/json; charset=utf-8').send(body);
});

/** The same exchange with the least that a statement can do: what the other two can't be faster than. */
server.post('/one', async (_request, reply) => {
  const { rows } = await pool.query({ name: 'one', text: 'SELECT 1 AS one' });
  return reply.code(201).header('content-type', 'application/json; charset=utf-8').send(JSON.stringify(rows[0]));
});

/** The best number of connections depends on the load. */
process.on('message', async ({ connections: count }) => {
  const before = connections;
  connections = await connect(count);
  await before.end();
  process.send({ connections: count });
});
process.on('disconnect', () => process.exit(0));
// A process that is killed writes no profile.
process.on('SIGTERM', () => process.exit(0));

server.listen({ host: '127.0.0.1', port: 0 }, () => process.send({ port: server.server.address().port }));
