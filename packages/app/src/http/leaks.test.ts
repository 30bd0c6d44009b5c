import { leaksIn, PERSONAL, SECRET, secretsIn } from '../../../../test/markers.js';
import { inMemoryBackend } from './testing/backend.test-kit.js';
import { openScene } from './testing/scene.test-kit.js';
import { openWorld, PREFIX, type World } from './testing/world.test-kit.js';

/** Every world of the suites ends with a scan (see `expectNoLeak`). Here it has to find what was planted on purpose. */
describe('the scan for leaks', () => {
  const used = async (leak: (world: World) => unknown, ...given: Parameters<typeof openWorld>): Promise<unknown> => {
    const world = await openWorld(...given);
    await leak(world);
    return world.close().then(
      () => 'nothing leaked',
      (error: unknown) => String(error),
    );
  };

  it('finds nothing in a world where nothing was planted, for all its secrets and customers', async () => {
    expect(await used(openScene, inMemoryBackend)).toBe('nothing leaked');
  });

  it.each<[string, (world: World) => unknown, RegExp]>([
    [
      'an address in the log',
      ({ server }) => server.log.info({ to: `Amira ${PERSONAL}` }, 'sent'),
      /the log holds somebody’s e-mail, name or address/,
    ],
    [
      'a secret in the log’s words',
      ({ server }) => server.log.warn(`signed with ${SECRET}`),
      /the log holds a secret of a fixture/,
    ],
    [
      'a token in the log',
      async ({ server, signUp }) => server.log.info({ who: (await signUp()).token }),
      /the log holds an access token of the fakes/,
    ],
    [
      'an e-mail in a metric',
      ({ meter }) => meter.count('sign_ins_total', { email: `mina@${PERSONAL}.example` }),
      /a metric holds somebody’s e-mail, name or address/,
    ],
  ])('finds %s', async (_, leak, told) => {
    expect(await used(leak, inMemoryBackend)).toMatch(told);
  });

  it('finds a secret in a refusal', async () => {
    const readiness = async () => ({ ready: false, checks: { database: `postgresql://rappit:${SECRET}@db` }, tookMs: {} });
    const ask = ({ send }: World) => send('GET', `${PREFIX}/health/ready`);
    expect(await used(ask, inMemoryBackend, { readiness })).toMatch(/a refusal holds a secret of a fixture/);
  });

  it('finds a secret in an answer to whoever gave it', async () => {
    const readiness = async () => ({ ready: true, checks: { webhook: `signed with ${SECRET}` }, tookMs: {} });
    const ask = ({ send }: World) => send('GET', `${PREFIX}/health/ready`);
    expect(await used(ask, inMemoryBackend, { readiness })).toMatch(/an answer holds a secret of a fixture/);
  });

  it('finds a secret that is stored as it is', async () => {
    const careless = async () => ({ ...(await inMemoryBackend()), stored: async () => `channel_secrets (c1,0,"a ${SECRET}")` });
    expect(await used(() => undefined, careless)).toMatch(/the database holds a secret of a fixture/);
  });
});

describe('what may not leak', () => {
  it.each([
    ['an access token', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1MSJ9.c2lnbmF0dXJl'],
    ['an API key', `rpt_${'aZ09-_x'.repeat(7).slice(0, 43)}`],
    ['256 random bits', 'Q2hhbmNlIGlzIGEgd29yZCB2b2lkIG9mIHNlbnNlOyA0'.slice(0, 43)],
    ['a private key', '-----BEGIN PRIVATE KEY-----'],
  ])('is known by its shape, in the database too: %s', (what, secret) => {
    for (const look of [leaksIn, secretsIn])
      expect(look('here', `before ${secret} after`).some((leak) => leak.startsWith(`here holds ${what}`))).toBe(true);
  });

  it.each([
    ['an e-mail', 'mina@example.com'],
    ['the hash of a password', '$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA'],
    ['a seal', 'v2.k1.AAECAwQFBgcICQoL.YiNMp_hU3t4mx-zbHe_SoXXceW0_LpG2MBc'],
    ['a bearer’s token', 'authorization: Bearer abcdefgh'],
  ])('is known by its shape, but may be stored: %s', (what, text) => {
    expect(leaksIn('here', text)).toEqual([expect.stringContaining(`here holds ${what}`)]);
    expect(secretsIn('here', text)).toEqual([]);
  });

  it.each([
    '019b8d62-7a80-7000-8000-000000000001',
    '/api/v1/orders/:id',
    'token.invalid',
    'Bearer realm="rappit"',
    'f'.repeat(64),
  ])('is nothing of what logs are full of: %s', (text) => {
    expect(leaksIn('here', text)).toEqual([]);
  });
});
