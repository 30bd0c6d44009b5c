import { randomBytes, randomUUID } from 'node:crypto';
import { OrganizationId } from '@rappit/domain';
import { sealingVault } from '@rappit/identity';
import pg from 'pg';
import { freshDatabase, type TestDatabase } from '../database.js';
import { rappit } from './command.js';

const ORGANIZATIONS = 3;
const CHANNELS = 2;
const SECRET = 'shpss_wombat_of_a_shop';

type Key = { readonly keyId: string; readonly key: Buffer };
const keyOf = (keyId: string): Key => ({ keyId, key: randomBytes(32) });
const written = (...keys: readonly Key[]): string => keys.map(({ keyId, key }) => `${keyId}:${key.toString('base64')}`).join(',');

describe('rappit rotate-keys', () => {
  const [old, current] = [keyOf('2026-11'), keyOf('2026-12')];
  let database: TestDatabase;
  let admin: pg.Client;
  beforeAll(async () => {
    database = await freshDatabase();
    admin = new pg.Client(database.superuserUrl);
    await admin.connect();
    for (let made = 0; made < ORGANIZATIONS; made += 1) await connectShops(randomUUID());
  });
  afterAll(() => admin.end());

  const connectShops = async (organizationId: string): Promise<void> => {
    await admin.query(`INSERT INTO organizations VALUES ($1, 'O', now())`, [organizationId]);
    for (let made = 0; made < CHANNELS; made += 1) {
      const id = randomUUID();
      const what = { organizationId: OrganizationId(organizationId), purpose: 'channel.secret', ownerId: id };
      await admin.query(`INSERT INTO channels VALUES ($1, $2, 'shopify', 'S', $3, 'connected', now())`, [
        organizationId,
        id,
        `${id}.x`,
      ]);
      const sealed = sealingVault({ current: old }).seal(SECRET, what);
      await admin.query('INSERT INTO channel_secrets VALUES ($1, $2, 0, $3)', [organizationId, id, sealed]);
    }
  };
  const rotate = (keys: string, ...args: readonly string[]) =>
    rappit(
      {
        NODE_ENV: 'production',
        SIGN_UP: 'immediate',
        DATABASE_URL: database.appUrl,
        DATABASE_DOOR_URL: database.doorUrl,
        JWT_SECRET: randomBytes(32).toString('hex'),
        CREDENTIAL_KEYS: keys,
      },
      'rotate-keys',
      ...args,
    );
  const stored = async () =>
    (
      await admin.query<{ organization_id: string; channel_id: string; sealed: string }>(
        'SELECT organization_id, channel_id, sealed FROM channel_secrets',
      )
    ).rows;

  it('seals nothing while it lacks the key that sealed, says for whom, and shows no secret', async () => {
    const { code, said } = await rotate(written(current), '--json');
    expect(code).toBe(1);
    const lines = said
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
    expect(lines.at(-1)).toEqual({ keyId: '2026-12', organizations: 3, resealed: 0, current: 0, failed: 3 });
    expect(
      lines.filter(({ fault }) => (fault as { message?: string } | undefined)?.message?.includes('a key that')),
    ).toHaveLength(3);
    expect(said).not.toContain(SECRET);
    expect((await stored()).every(({ sealed }) => sealed.startsWith('v2.2026-11.'))).toBe(true);
  });

  it('seals one organization’s when told so, then everybody’s, each secret once', async () => {
    const [first] = await stored();
    const keys = written(current, old);
    const one = await rotate(keys, '--organization', first?.organization_id ?? '', '--json');
    expect([one.code, JSON.parse(one.said)]).toEqual([
      0,
      { keyId: '2026-12', organizations: 1, resealed: CHANNELS, current: 0, failed: 0 },
    ]);
    expect(await rotate(keys)).toEqual({
      code: 0,
      said: '3 organizations: 4 credentials sealed with 2026-12, 2 were already\nno other key is needed any more\n',
    });
    expect(await rotate(keys)).toMatchObject({
      said: expect.stringContaining('0 credentials sealed with 2026-12, 6 were already'),
    });
  });

  it('leaves secrets that open with the new key alone, and tells each organization’s audit log', async () => {
    const vault = sealingVault({ current });
    for (const { organization_id, channel_id, sealed } of await stored())
      expect(
        vault.open(sealed, { organizationId: OrganizationId(organization_id), purpose: 'channel.secret', ownerId: channel_id }),
      ).toBe(SECRET);
    const { rows } = await admin.query<{ kind: string; facts: object; actor_id: string }>(
      'SELECT kind, facts, actor_id FROM audit_log',
    );
    expect(rows).toEqual(
      Array.from({ length: ORGANIZATIONS }, () => ({
        kind: 'credentials.resealed',
        facts: { keyId: '2026-12', count: CHANNELS },
        actor_id: 'rotate-keys',
      })),
    );
  });
});
