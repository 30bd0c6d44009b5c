import { ApiKeyId, ok, scopes } from '@rappit/domain';
import { sha256 } from '@rappit/testing/fakes';
import { routeTable } from '../route-table.js';
import type { MakeBackend } from './backend.test-kit.js';
import { read, refusalIn } from './client.test-kit.js';
import { pathOf, sampleFor } from './requests.test-kit.js';
import { openScene, type PageShape, type Scene } from './scene.test-kit.js';
import { openWorld, PREFIX, type World } from './world.test-kit.js';

type KeyShape = { readonly id: string; readonly prefix: string; readonly status: string; readonly lastUsedAt: string | null };

/** Programs that act for an organization: what a key opens, and what it doesn't. */
export const apiKeys = (make: MakeBackend): void => {
  describe('API keys', () => {
    let world: World;
    let scene: Scene;
    beforeAll(async () => {
      world = await openWorld(make);
      scene = await openScene(world);
    });
    afterAll(() => world.close());
    secrets(
      () => world,
      () => scene,
    );
    opening(() => world);
    shut(() => world);
    traces(() => world);
  });
};

const get = (world: World, token: string, path: string) => world.send('GET', `${PREFIX}${path}`, { token });

const secrets = (world: () => World, scene: () => Scene): void => {
  it('shows a secret once, and of it only the beginning afterwards', async () => {
    const { acts } = scene();
    const { id, secret } = await acts.addKey(['item.view']);
    expect(secret).toMatch(/^rpt_[\w-]{43}$/);
    const listed = await acts.get<PageShape<KeyShape>>('/api-keys');
    expect(listed.data[0]).toMatchObject({ id, prefix: secret.slice(0, 12), status: 'active' });
    expect(JSON.stringify(listed)).not.toContain(secret);
    expect(JSON.stringify(await acts.get('/audit-log'))).not.toContain(secret);
    expect(world().logged()).not.toContain(secret);
  });

  it('repeats the answer to one Idempotency-Key without the secret, and makes one key', async () => {
    const { acts } = scene();
    const before = (await acts.get<PageShape<KeyShape>>('/api-keys?limit=100')).data.length;
    const ask = () => acts.post('/api-keys', { name: 'Once', scopes: ['item.view'] }, 'one-key');
    const [first, second] = [await ask(), await ask()];
    const shown = read<KeyShape & { secret: string }>(first);
    expect(shown.secret).toMatch(/^rpt_/);
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    expect(read(second)).toEqual({ ...shown, secret: null });
    expect((await acts.get<PageShape<KeyShape>>('/api-keys?limit=100')).data).toHaveLength(before + 1);
  });

  it.each([
    ['no scope', { scopes: [] }, 'scopes'],
    ['a scope that doesn’t exist', { scopes: ['item.fly'] }, 'scopes[0]'],
    ['the right to make keys', { scopes: ['item.view', 'apiKey.manage'] }, 'scopes[1]'],
    ['a person’s rights', { scopes: ['account.view'] }, 'scopes[0]'],
    ['an end in the past', { expiresAt: '2020-01-01T00:00:00Z' }, 'expiresAt'],
    ['an end that is no moment', { expiresAt: 'tomorrow' }, 'expiresAt'],
  ])('makes no key with %s', async (_, asked, path) => {
    const answer = await scene().acts.post('/api-keys', { name: 'No', scopes: ['item.view'], ...asked });
    expect(answer.status).toBe(400);
    expect(refusalIn(answer).paths).toEqual([path]);
  });
};

const opening = (world: () => World): void => {
  const views = scopes.filter((scope) => scope.endsWith('.view'));
  const others = scopes.filter((scope) => !scope.endsWith('.view'));

  it.each([
    ['every scope', scopes],
    ['the scopes of looking', views],
    ['the scopes of doing', others],
  ])('lets a key with %s do exactly that, on every route', async (_, given) => {
    const scene = await openScene(world());
    const { secret } = await scene.acts.addKey(given);
    const guarded = routeTable(world().server).filter(({ permission }) => permission !== 'public');
    const allowed: string[] = [];
    for (const { method, url, operationId } of guarded) {
      const { params, ...body } = sampleFor(operationId, scene);
      const answer = await world().send(method, pathOf(url, params), { ...body, token: secret });
      expect({ operationId, status: answer.status }).not.toEqual({ operationId, status: 401 });
      expect({ operationId, fault: answer.status >= 500 }).toEqual({ operationId, fault: false });
      if (answer.status === 403) expect(refusalIn(answer).code).toBe('permission.denied');
      else allowed.push(operationId);
    }
    const expected = guarded.filter(({ permission }) => (given as readonly string[]).includes(permission));
    expect(expected.length).toBeGreaterThan(5);
    expect(allowed).toEqual(expected.map(({ operationId }) => operationId));
  });

  it('follows the role of the member who made the key', async () => {
    const { acts, account, sku } = await openScene(world());
    const { secret } = await acts.addKey(['item.view', 'item.write']);
    const rename = () => world().send('PATCH', `${PREFIX}/items/${sku}`, { token: secret, json: { name: 'By a key' } });
    expect((await rename()).status).toBe(200);
    await world().makeRole(account, 'operator');
    expect(refusalIn(await rename())).toEqual({ status: 403, code: 'permission.denied', paths: [] });
    expect((await get(world(), secret, '/items')).status).toBe(200);
    await world().makeRole(account, null);
    expect(refusalIn(await get(world(), secret, '/items'))).toEqual({ status: 401, code: 'token.invalid', paths: [] });
  });
};

const shut = (world: () => World): void => {
  const refused = { status: 401, code: 'token.invalid', paths: [] };

  it('opens nothing with a key that was revoked, that another organization can’t revoke', async () => {
    const [mine, theirs] = [await openScene(world()), await openScene(world())];
    const { id, secret } = await mine.acts.addKey(['item.view']);
    expect(refusalIn(await theirs.acts.ask('DELETE', `/api-keys/${id}`)).code).toBe('api_key.not_found');
    expect((await get(world(), secret, '/items')).status).toBe(200);
    expect((await mine.acts.ask('DELETE', `/api-keys/${id}`)).status).toBe(204);
    expect(refusalIn(await get(world(), secret, '/items'))).toEqual(refused);
    expect(refusalIn(await mine.acts.ask('DELETE', `/api-keys/${id}`)).code).toBe('api_key.not_found');
    const { data } = await mine.acts.get<PageShape<KeyShape>>('/api-keys');
    expect(data.find((key) => key.id === id)).toMatchObject({ status: 'revoked' });
  });

  it('opens nothing with a key that has expired', async () => {
    const { acts, account } = await openScene(world());
    const { id: living } = await acts.addKey(['item.view']);
    const [id, secret] = [ApiKeyId('019b8d62-7a80-7000-8000-00000000000e'), `rpt_${'e'.repeat(43)}`];
    await world().gate.unitOfWork.run(account.organizationId, async ({ apiKeys: kept, now }) => {
      const key = await kept.find(ApiKeyId(living));
      return ok(key && (await kept.add({ ...key, id, expiresAt: now }, sha256(secret))));
    });
    expect(refusalIn(await get(world(), secret, '/items'))).toEqual(refused);
    const { data } = await acts.get<PageShape<KeyShape>>('/api-keys');
    expect(data.find((key) => key.id === id)).toMatchObject({ status: 'expired' });
    expect(data.find((key) => key.id === living)).toMatchObject({ status: 'active' });
  });

  it('opens nothing with what only looks like a key', async () => {
    const { acts } = await openScene(world());
    const { secret } = await acts.addKey(['item.view']);
    for (const spoilt of [`rpt_${'x'.repeat(43)}`, secret.slice(0, 12), `${secret}x`, `x${secret}`, secret.toUpperCase()])
      expect(refusalIn(await get(world(), spoilt, '/items'))).toEqual(refused);
    for (const headers of [{ 'x-api-key': secret }, { authorization: secret }, { authorization: `Basic ${secret}` }])
      expect(refusalIn(await world().send('GET', `${PREFIX}/items`, { headers }))).toEqual(refused);
  });
};

const traces = (world: () => World): void => {
  it('is named by what it did: in the timeline by its name, in the ledger and the audit log by its id', async () => {
    const scene = await openScene(world());
    const { id, secret } = await scene.acts.addKey(scopes);
    const byKey = (path: string, json: unknown) => world().send('POST', `${PREFIX}${path}`, { token: secret, json });
    await byKey(`/orders/${scene.orderId}/notes`, { text: 'By a program.' });
    await byKey('/inventory/receipts', { sku: scene.sku, locationId: scene.locationId, quantity: 1 });
    await byKey('/channels', {
      kind: 'shopify',
      name: 'A shop',
      shopDomain: `key-${id}.myshopify.com`,
      webhookSecret: 'a wombat of the shop',
    });
    const timeline = await scene.acts.get<PageShape<{ actor: object }>>(`/orders/${scene.orderId}/timeline`);
    expect(timeline.data.at(-1)?.actor).toEqual({ kind: 'apiKey', id, name: 'A program' });
    const movements = await scene.acts.get<PageShape<{ actor: object }>>('/inventory/movements?limit=1');
    expect(movements.data[0]?.actor).toMatchObject({ kind: 'apiKey', id });
    const log = await scene.acts.get<PageShape<{ kind: string; actor: object }>>(`/audit-log?actorId=${id}`);
    expect(log.data).toMatchObject([{ kind: 'channel.connected', actor: { kind: 'apiKey', id } }]);
  });

  it('shows when it was used last', async () => {
    const { acts } = await openScene(world());
    const { id, secret } = await acts.addKey(['item.view']);
    const lastUse = async () => (await acts.get<PageShape<KeyShape>>('/api-keys')).data.find((key) => key.id === id)?.lastUsedAt;
    expect(await lastUse()).toBeNull();
    const holder = await world().useCases.recogniseApiKey(secret);
    if (!holder) throw new Error('the key is known');
    await world().useCases.noteKeyUse(holder);
    const noted = await lastUse();
    expect(Date.parse(noted ?? '')).toBeGreaterThan(Date.now() - 60_000);
    await world().useCases.noteKeyUse(holder);
    expect(await lastUse()).toBe(noted);
  });
};
