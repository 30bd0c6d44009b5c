import type { MakeBackend } from './backend.test-kit.js';
import { refusalIn } from './client.test-kit.js';
import { actsOf, type PageShape, SECRET } from './scene.test-kit.js';
import { type Account, openWorld, type World } from './world.test-kit.js';

type EntryShape = {
  readonly at: string;
  readonly kind: string;
  readonly targetId: string;
  readonly actor: object;
  readonly facts: object;
  readonly requestId: string;
};

/** Who changed what that matters to security, as it can be read back. */
export const auditLog = (make: MakeBackend): void => {
  describe('the audit log', () => {
    let world: World;
    let account: Account;
    beforeAll(async () => {
      world = await openWorld(make);
      account = await world.signUp();
    });
    afterAll(() => world.close());

    const acts = () => actsOf(world, account);
    const log = async (query = ''): Promise<readonly EntryShape[]> =>
      (await acts().get<PageShape<EntryShape>>(`/audit-log?kind=channel.connected${query}`)).data;

    it('tells who connected a shop, in which request, by ids alone', async () => {
      const shop = {
        kind: 'shopify',
        name: 'Private name',
        shopDomain: 'audited.myshopify.com',
        webhookSecret: 'shpss_wombat_of_a_shop',
      };
      const answer = await acts().ask('POST', '/channels', shop, { 'x-request-id': 'request-of-the-test' });
      const { id } = JSON.parse(answer.text) as { id: string };
      const [entry, ...more] = await log();
      expect(more).toEqual([]);
      expect(entry).toMatchObject({
        kind: 'channel.connected',
        targetId: id,
        actor: { kind: 'user', id: account.userId },
        facts: { channelKind: 'shopify' },
        requestId: 'request-of-the-test',
      });
      expect(JSON.stringify(entry)).not.toMatch(/person|private|myshopify|shpss/i);
    });

    it('tells nothing of what was refused, and of what was repeated once', async () => {
      const before = await log();
      const shop = { kind: 'shopify', name: 'Twice', shopDomain: 'twice.myshopify.com', webhookSecret: SECRET };
      for (const _ of [1, 2, 3]) await acts().post('/channels', shop, 'connect-twice');
      expect((await acts().post('/channels', shop)).status).toBe(409);
      expect(await log()).toHaveLength(before.length + 1);
    });

    it('finds entries by actor and by moment', async () => {
      const [newest] = await log();
      expect(await log(`&actorId=${account.userId}`)).toEqual(await log());
      expect(await log('&actorId=system')).toEqual([]);
      expect((await log(`&from=${newest?.at}`))[0]).toEqual(newest);
      expect((await log(`&to=${newest?.at}`)).map(({ targetId }) => targetId)).not.toContain(newest?.targetId);
    });

    it('is CSV for whoever asks for CSV, with the same filters, and nothing in it that a spreadsheet would calculate', async () => {
      await acts().ask(
        'POST',
        '/channels',
        { kind: 'shopify', name: 'Sheet', shopDomain: 'sheet.myshopify.com', webhookSecret: SECRET },
        { 'x-request-id': '-1.5' },
      );
      const entries = await log();
      const { text } = await acts().ask('GET', '/audit-log?kind=channel.connected', undefined, { accept: 'text/csv' });
      const [head, newest, ...others] = text.trimEnd().split('\r\n');
      expect(head).toBe('at,kind,actorKind,actorId,targetId,facts,requestId,id');
      expect(newest).toContain(`,channel.connected,user,${account.userId},`);
      expect(newest).toContain(`,"{""channelKind"":""shopify""}",'-1.5,`);
      expect(others).toHaveLength(entries.length - 1);
    });

    it.each(['yesterday', '2026-02-30T00:00:00Z', '2016-12-31T23:59:60Z', '2026-01-01'])(
      'refuses %s as a moment',
      async (moment) => {
        for (const path of ['from', 'to'])
          expect(refusalIn(await acts().ask('GET', `/audit-log?${path}=${moment}`))).toEqual({
            status: 400,
            code: 'request.invalid',
            paths: [path],
          });
      },
    );
  });
};
