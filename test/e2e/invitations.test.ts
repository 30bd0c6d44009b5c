import { type MailServer, startMailServer } from '../../packages/adapters/outbound/src/mail/mail-server.test-kit.js';
import { freshDatabase } from '../database.js';
import { PERSONAL, SECRET } from '../markers.js';
import { type AppProcess, startProcess } from './app-process.js';
import { productionOn } from './production.js';

type Session = { readonly token: string; readonly user: { readonly id: string } };

const PASSWORD = `a long enough ${SECRET}`;

/** People of an organization, through a process as production runs it: mail by the queue, and what is remembered for a moment. */
describe('people in production', () => {
  let mail: MailServer;
  let app: AppProcess | undefined;
  beforeAll(async () => {
    mail = await startMailServer();
    app = await startProcess({
      ...productionOn(await freshDatabase()),
      SMTP_URL: mail.url,
      APP_URL: `https://rappit.${PERSONAL}.example/`,
    });
  });
  afterAll(async () => {
    await app?.kill('SIGTERM');
    await mail.close();
  });

  const ask = (method: string, path: string, { token = '', json }: { token?: string; json?: object } = {}) =>
    fetch(`${app?.apiUrl}${path}`, {
      method,
      headers: { ...(json && { 'content-type': 'application/json' }), ...(token && { authorization: `Bearer ${token}` }) },
      ...(json && { body: JSON.stringify(json) }),
    });
  const sessionOf = async (answer: Promise<Response>): Promise<Session> => (await (await answer).json()) as Session;

  it('join by the link of a mail, and are demoted and shown out from the next request on', async () => {
    const owner = { organizationName: 'O', name: 'N', email: `mina@${PERSONAL}.example`, password: PASSWORD };
    const mina = await sessionOf(ask('POST', '/auth/register', { json: owner }));
    const email = `lea@${PERSONAL}.example`;
    const invited = await ask('POST', '/invitations', { token: mina.token, json: { email, role: 'admin', language: 'ar' } });
    expect(invited.status).toBe(201);
    const { raw } = await mail.arrival(email, 1);
    const token = /\/[\w-]+#token=3D([\w-]{43})/.exec(raw.replace(/=\r\n/g, ''))?.[1];
    const accepting = ask('POST', '/auth/invitations/accept', { json: { token, name: 'Lea', newPassword: PASSWORD } });
    const lea = await sessionOf(accepting);
    const { secret } = (await (
      await ask('POST', '/api-keys', { token: lea.token, json: { name: 'Scanner', scopes: ['channel.connect', 'item.view'] } })
    ).json()) as { secret: string };
    const rename = async () => (await ask('PATCH', '/organization', { token: lea.token, json: { name: 'Renamed' } })).status;
    const look = async (as: string) => (await ask('GET', '/items', { token: as })).status;
    const path = `/members/${lea.user.id}`;
    // Each was remembered a moment ago, by its session and by its key.
    expect([await rename(), await look(secret)]).toEqual([200, 200]);
    expect((await ask('PATCH', path, { token: mina.token, json: { role: 'operator' } })).status).toBe(200);
    expect([await rename(), await look(lea.token), await look(secret)]).toEqual([403, 200, 200]);
    expect((await ask('DELETE', path, { token: mina.token })).status).toBe(204);
    expect([await rename(), await look(lea.token), await look(secret)]).toEqual([401, 401, 401]);
  });
});
