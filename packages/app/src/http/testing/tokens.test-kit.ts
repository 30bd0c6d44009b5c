import { type RouteEntry, routeTable } from '../route-table.js';
import type { MakeBackend } from './backend.test-kit.js';
import { refusalIn } from './client.test-kit.js';
import { claimsOf, forge, hostile, type Json, signedBy, signingTokens } from './forged-tokens.test-kit.js';
import { pathOf, sampleFor } from './requests.test-kit.js';
import { anotherSession, openScene, type Scene } from './scene.test-kit.js';
import { openWorld, PREFIX, type World } from './world.test-kit.js';

/** Access tokens as the app issues them, and those that it must not take. */
export const tokens = (make: MakeBackend): void => {
  describe('tokens', () => {
    let world: World;
    let scene: Scene;
    let other: Scene;
    beforeAll(async () => {
      world = await openWorld(make, { tokens: signingTokens() });
      scene = await openScene(world);
      other = await openScene(world);
    });
    afterAll(() => world.close());

    const me = (token: string) => world.send('GET', `${PREFIX}/auth/me`, { token });
    const sound = (): Json => claimsOf(scene.account.token);

    it('takes a token that was put together as the refused ones are, but soundly', async () => {
      expect((await me(forge(sound()))).status).toBe(200);
    });

    it.each(hostile)('refuses a token %s', async (_, forgery) => {
      expect(refusalIn(await me(forgery(sound(), other.account)))).toEqual({ status: 401, code: 'token.invalid', paths: [] });
    });

    it('answers all of them to the byte alike', async () => {
      const texts = await Promise.all(hostile.map(async ([, forgery]) => (await me(forgery(sound(), other.account))).text));
      expect(new Set(texts).size).toBe(1);
    });

    it('takes what the previous key signed while keys are replaced, and not what it signed in the new one’s name', async () => {
      expect((await me(signedBy(sound(), 'previous', 'previous'))).status).toBe(200);
      expect((await me(signedBy(sound(), 'current', 'previous'))).status).toBe(401);
      expect((await me(signedBy(sound(), 'previous', 'current'))).status).toBe(401);
    });

    it('does not take a refresh token for an access token, nor the other way round', async () => {
      expect((await me(scene.account.refreshToken)).status).toBe(401);
      const json = { refreshToken: scene.account.token.slice(0, 200) };
      expect((await world.send('POST', `${PREFIX}/auth/refresh`, { json })).status).toBe(401);
    });

    it.each(hostile)('refuses a token %s on every route that is not public', async (_, forgery) => {
      await expectShut(world, scene, forgery(sound(), other.account));
    });

    it.each(Object.entries(spent))('refuses %s on every route that is not public', async (_, spend) => {
      await expectShut(world, scene, await spend(world));
    });
  });
};

const guarded = (world: World): readonly RouteEntry[] =>
  routeTable(world.server).filter(({ permission }) => permission !== 'public');

/** Each request is one that the route would take, but for its token. */
const expectShut = async (world: World, scene: Scene, token: string): Promise<void> => {
  const routes = guarded(world);
  expect(routes.length).toBeGreaterThan(50);
  for (const { method, url, operationId } of routes) {
    const { params, ...body } = sampleFor(operationId, scene);
    const answer = await world.send(method, pathOf(url, params), { ...body, token });
    expect({ operationId, ...refusalIn(answer) }).toEqual({ operationId, status: 401, code: 'token.invalid', paths: [] });
  }
};

/** Tokens and keys that opened something before they were spent. */
const spent: Readonly<Record<string, (world: World) => Promise<string>>> = {
  'the token of a session that was ended': async (world) => {
    const { token } = await world.signUp();
    await world.send('POST', `${PREFIX}/auth/logout`, { token });
    return token;
  },
  'the token of a session whose refresh token came twice': async (world) => {
    const { token, refreshToken } = await anotherSession(world, await world.signUp());
    for (let times = 0; times < 2; times += 1) await world.send('POST', `${PREFIX}/auth/refresh`, { json: { refreshToken } });
    return token;
  },
  'the token of a member who was removed': async (world) => {
    const account = await world.signUp();
    await world.makeRole(account, null);
    return account.token;
  },
  'the token of a user who was disabled': async (world) => {
    const account = await world.signUp();
    await world.disable(account);
    return account.token;
  },
  'an API key that was revoked': async (world) => {
    const { acts } = await openScene(world);
    const { id, secret } = await acts.addKey(['item.view']);
    await acts.ask('DELETE', `/api-keys/${id}`);
    return secret;
  },
  'an API key whose maker was removed': async (world) => {
    const { acts, account } = await openScene(world);
    const { secret } = await acts.addKey(['item.view']);
    await world.makeRole(account, null);
    return secret;
  },
  'an API key whose maker was disabled': async (world) => {
    const { acts, account } = await openScene(world);
    const { secret } = await acts.addKey(['item.view']);
    await world.disable(account);
    return secret;
  },
};
