/**
 * The server to be compared with: Fastify and pg, and nothing that Rappit has on top: nobody signs in, nothing is validated,
 * no policy is asked, no hash is made, no line is logged. Started by `subject.mjs`, and ends with it.
 */
import Fastify from 'fastify';
import pg from 'pg';
import { placeBatched } from './place-batch.mjs';
import { placeOne } from './place-one.mjs';

const { DATABASE_URL, MODE, ORGANIZATION, LOCATION } = process.env;

const connect = (max) => new pg.Pool({ connectionString: DATABASE_URL, max, idleTimeoutMillis: 0 }).on('error', () => {});
let pool = connect(1);

const deps = { query: (asked) => pool.query(asked), organization: ORGANIZATION, location: LOCATION };
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
process.on('message', async ({ connections }) => {
  const before = pool;
  pool = connect(connections);
  await before.end();
  process.send({ connections });
});
process.on('disconnect', () => process.exit(0));
// A process that is killed writes no profile.
process.on('SIGTERM', () => process.exit(0));

server.listen({ host: '127.0.0.1', port: 0 }, () => process.send({ port: server.server.address().port }));
