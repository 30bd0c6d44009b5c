/**
 * The server to be compared with: Fastify and pg, and nothing that Rappit has on top: nobody signs in, nothing is validated,
 * no policy is asked, no hash is made, no line is logged. Started by `subjects.mjs`, and ends with it.
 */
import Fastify from 'fastify';
import pg from 'pg';
import { placeBatched } from './place-batch.mjs';
import { placeOne } from './place-one.mjs';

const { DATABASE_URL, CONNECTIONS, MODE, ORGANIZATION, LOCATION } = process.env;
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: Number(CONNECTIONS) });
pool.on('error', () => {});

const deps = { pool, organization: ORGANIZATION, location: LOCATION };
const place = MODE === 'batch' ? placeBatched(deps) : placeOne(deps);

const server = Fastify({ logger: false });
server.post('/orders', async (request, reply) => {
  const body = await place({ key: request.headers['idempotency-key'], order: request.body });
  return reply.code(201).header('content-type', 'application/json; charset=utf-8').send(body);
});
server.get('/one', async (_request, reply) => {
  const { rows } = await pool.query({ name: 'one', text: 'SELECT 1 AS one' });
  return reply.header('content-type', 'application/json; charset=utf-8').send(JSON.stringify(rows[0]));
});

await server.listen({ host: '127.0.0.1', port: 0 });
process.send({ port: server.server.address().port });
process.on('disconnect', () => process.exit(0));
