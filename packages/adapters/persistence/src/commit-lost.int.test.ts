import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import {
  decidePlacements,
  expireUnpaid,
  fewestLocations,
  type PlacementRequest,
  receiveStock,
  type StoredAnswer,
} from '@rappit/domain';
import { openPersistence, type Persistence } from './open.js';
import {
  callerOf,
  digest,
  draftOf,
  newOrganization,
  openWorld,
  requestOf,
  skuOf,
  stocked,
  type TestWorld,
} from './test-world.test-kit.js';

/** Lies between the app and PostgreSQL. Once armed it lets the next COMMIT through, and swallows the answer with the connection. */
const lossyProxy = async (databaseUrl: string) => {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let armed = false;
  let lost = 0;
  const server: Server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    let deaf = false;
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => sockets.delete(socket));
    }
    client.on('data', (chunk) => {
      if (armed && chunk.includes('COMMIT')) {
        armed = false;
        deaf = true;
        lost += 1;
      }
      upstream.write(chunk);
    });
    upstream.on('data', (chunk) => {
      if (!deaf) client.write(chunk);
      else client.destroy();
    });
    client.on('close', () => upstream.end());
    upstream.on('close', () => client.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a port was opened');
  const url = new URL(databaseUrl);
  url.host = `127.0.0.1:${address.port}`;
  return {
    url: url.href,
    loseNextCommit: () => {
      armed = true;
    },
    lost: () => lost,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
};

describe('an answer to COMMIT that is lost', () => {
  let world: TestWorld;
  let proxy: Awaited<ReturnType<typeof lossyProxy>>;
  let persistence: Persistence;
  beforeAll(async () => {
    world = await openWorld();
    proxy = await lossyProxy(world.database.appUrl);
    const { ids } = world;
    persistence = await openPersistence({
      appUrl: proxy.url,
      doorUrl: world.database.doorUrl,
      digest,
      decide: decidePlacements({ ids, policy: fewestLocations }),
      expire: (unitOfWork) => expireUnpaid({ unitOfWork, ids, policy: fewestLocations }),
    });
  });
  afterAll(async () => {
    await persistence.close();
    await proxy.close();
    await world.persistence.close();
  });

  const answer = (): StoredAnswer => ({ status: 201, body: '"done"', resource: null });
  const under = (key: string) => ({ scope: 'POST', key, fingerprint: key, answer });

  it('leaves every order of the batch in doubt, and the same keys find out: each is there once', async () => {
    const organizationId = await newOrganization(world);
    const sku = skuOf('MUG');
    await stocked(world, organizationId, sku, 10);
    const requests = ['a', 'b', 'c'].map((key): PlacementRequest => ({ ...requestOf(draftOf([['MUG', 1]])), once: under(key) }));
    proxy.loseNextCommit();
    await expect(persistence.intake.place(organizationId, requests)).rejects.toThrow('the answer to a commit was lost');
    const again = await persistence.intake.place(organizationId, requests);
    expect(again.map((one) => (one.ok ? 'ok' : one.error.code))).toEqual(Array(3).fill('idempotency.replayed'));
    const orders = await persistence.unitOfWork.read(organizationId, (stores) => stores.orders.list({ limit: 10 }, {}));
    const levels = await persistence.unitOfWork.read(organizationId, ({ stock }) => stock.levels({ limit: 10 }, {}));
    expect([proxy.lost(), orders.data.length, levels.data[0]?.reserved]).toEqual([1, 3, 3]);
  });

  it('is an error to whoever changed stock, not a refusal, and the same key finds out', async () => {
    const organizationId = await newOrganization(world);
    const sku = skuOf('MUG');
    const locationId = await stocked(world, organizationId, sku, 10);
    const receive = receiveStock({ unitOfWork: persistence.unitOfWork, ids: world.ids, policy: fewestLocations });
    const ask = () =>
      receive({ ...callerOf(organizationId), once: under('r') }, { sku, locationId, quantity: 5, reference: null });
    proxy.loseNextCommit();
    await expect(ask()).rejects.toThrow();
    expect(await ask()).toMatchObject({ ok: false, error: { code: 'idempotency.replayed' } });
    const levels = await persistence.unitOfWork.read(organizationId, ({ stock }) => stock.levels({ limit: 10 }, {}));
    expect([proxy.lost(), levels.data[0]?.onHand]).toEqual([2, 15]);
  });
});
