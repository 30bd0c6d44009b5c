import { may, roles } from '@rappit/domain';
import { type RouteEntry, routeTable } from '../route-table.js';
import type { MakeBackend } from './backend.test-kit.js';
import { refusalIn } from './client.test-kit.js';
import { pathOf, sampleFor } from './requests.test-kit.js';
import { openSceneOfShop, type Scene } from './scene.test-kit.js';
import { openWorld, PASSWORD, PREFIX, type World } from './world.test-kit.js';

/** Who is let in, and who may do what. Made from the route table and the permission table. */
export const access = (make: MakeBackend): void => {
  describe('access', () => {
    let world: World;
    beforeAll(async () => {
      world = await openWorld(make);
    });
    afterAll(() => world.close());
    byRoute(() => world);
    byRole(() => world);
    bySignIn(() => world);
    byToken(() => world);
  });
};

const guarded = (world: World): readonly RouteEntry[] =>
  routeTable(world.server).filter(({ permission }) => permission !== 'public');

/** Open to everybody: each shows nothing, asks for a secret of its own, or is where people sign in. A route that is public by mistake is not here. */
const open = [
  ...['register', 'confirmRegistration', 'login', 'refreshSession', 'forgotPassword', 'resetPassword', 'acceptInvitation'],
  ...[
    'takeShopifyWebhook',
    'takeWooCommerceWebhook',
    'finishShopifyConnection',
    'finishWooCommerceConnection',
    'takeDhlWebhook',
    'takeFedexWebhook',
    'takeStripeWebhook',
    'live',
    'ready',
    'metrics',
  ],
];

/** A browser sets out for a shop there: a link, though whoever follows it means to do something. */
const SETS_OUT = 'startShopifyConnection';

const byRoute = (world: () => World): void => {
  it('leaves no route open to everybody but those that are written down here', () => {
    const found = routeTable(world().server).flatMap(({ permission, operationId }) =>
      permission === 'public' ? [operationId] : [],
    );
    expect(found.sort()).toEqual(open.sort());
  });

  it('asks for a right to look where one looks, and for another where something is done', () => {
    for (const { method, operationId, permission } of guarded(world()).filter((one) => one.operationId !== SETS_OUT))
      expect({ operationId, permission, looks: permission.endsWith('.view') }).toEqual({
        operationId,
        permission,
        looks: method === 'GET',
      });
  });
};

const byRole = (world: () => World): void => {
  it.each(roles)('lets the role %s do what the permission table says, on every route, and nothing else', async (role) => {
    const scene = await openSceneOfShop(world());
    await world().makeRole(scene.account, role);
    const allowed: string[] = [];
    for (const route of guarded(world())) if ((await statusAs(world(), scene, route)) !== 403) allowed.push(route.operationId);
    const expected = guarded(world()).filter(({ permission }) => permission !== 'public' && may(role, permission));
    expect(allowed).toEqual(expected.map(({ operationId }) => operationId));
  });
};

const statusAs = async (world: World, scene: Scene, { method, url, operationId }: RouteEntry): Promise<number> => {
  const { params, token = scene.account.token, ...body } = sampleFor(operationId, scene);
  const answer = await world.send(method, pathOf(url, params), { token, ...body });
  if (answer.status === 403) expect(refusalIn(answer)).toEqual({ status: 403, code: 'permission.denied', paths: [] });
  else expect({ operationId, status: answer.status }).not.toEqual({ operationId, status: 401 });
  return answer.status;
};

const bySignIn = (world: () => World): void => {
  it('answers a wrong password and an unknown e-mail alike', async () => {
    const { email } = await world().signUp();
    const login = (json: object) => world().send('POST', `${PREFIX}/auth/login`, { json });
    const wrong = await login({ email, password: 'not the wombat' });
    const unknown = await login({ email: 'nobody@quokka.example', password: PASSWORD });
    expect(refusalIn(wrong)).toEqual({ status: 401, code: 'account.credentials_wrong', paths: [] });
    expect(unknown.text).toBe(wrong.text);
    expect(wrong.headers.get('www-authenticate')).toBe('Bearer realm="rappit"');
    expect((await login({ email: email.toUpperCase(), password: PASSWORD })).status).toBe(200);
  });

  it('gives an e-mail to one account', async () => {
    const { email } = await world().signUp();
    const json = { organizationName: 'Another', name: 'Another', email, password: PASSWORD };
    expect(refusalIn(await world().send('POST', `${PREFIX}/auth/register`, { json }))).toEqual({
      status: 409,
      code: 'account.email_taken',
      paths: [],
    });
  });
};

const byToken = (world: () => World): void => {
  it('asks for a token on every route that is not public, before it reads a body', async () => {
    const scene = await openSceneOfShop(world());
    for (const { method, url, operationId } of guarded(world())) {
      const path = pathOf(url, sampleFor(operationId, scene).params);
      const body = method === 'GET' ? {} : { raw: '{"malformed' };
      expect({ operationId, ...refusalIn(await world().send(method, path, body)) }).toEqual({
        operationId,
        status: 401,
        code: 'token.invalid',
        paths: [],
      });
    }
  });

  it.each([
    ['no scheme', 'token-1'],
    ['another scheme', 'Basic dG9rZW4tMQ=='],
    ['an unknown token', 'Bearer token-0'],
    ['two tokens', 'Bearer token-1 token-1'],
    ['an empty token', 'Bearer '],
  ])('refuses %s', async (_, authorization) => {
    await world().signUp();
    const answer = await world().send('GET', `${PREFIX}/auth/me`, { headers: { authorization } });
    expect(refusalIn(answer)).toEqual({ status: 401, code: 'token.invalid', paths: [] });
  });

  it('shuts out who was removed, with a token that is good still', async () => {
    const account = await world().signUp();
    const me = () => world().send('GET', `${PREFIX}/auth/me`, { token: account.token });
    expect((await me()).status).toBe(200);
    await world().makeRole(account, null);
    expect(refusalIn(await me())).toEqual({ status: 401, code: 'token.invalid', paths: [] });
  });
};
