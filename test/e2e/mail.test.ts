import { type MailServer, startMailServer } from '../../packages/adapters/outbound/src/mail/mail-server.test-kit.js';
import { freshDatabase } from '../database.js';
import { PERSONAL, SECRET } from '../markers.js';
import { lastingPort } from '../port.js';
import { type AppProcess, startProcess } from './app-process.js';
import { productionOn } from './production.js';

const PASSWORD = `a long enough ${SECRET}`;

/** What is asked for an address, through processes as production runs them: the API, the queue, and a mail server. */
describe('mail in production', () => {
  let mail: MailServer;
  let environment: Record<string, string>;
  let app: AppProcess | undefined;
  beforeAll(async () => {
    mail = await startMailServer({}, await lastingPort());
    environment = {
      ...productionOn(await freshDatabase()),
      SIGN_UP: 'confirmed',
      SMTP_URL: mail.url,
      APP_URL: `https://rappit.${PERSONAL}.example/`,
    };
    app = await startProcess(environment);
  });
  afterAll(async () => {
    await app?.kill('SIGTERM');
    await mail.close();
  });

  const post = (path: string, json: object) =>
    fetch(`${app?.apiUrl}/auth${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(json),
    });
  const register = (email: string) => post('/register', { organizationName: 'O', name: 'N', email, password: PASSWORD });
  const status = async (answer: Promise<Response>): Promise<number> => (await answer).status;

  /** The token of the link in the `count`th mail to an address, when it has come. */
  const tokenFor = async (email: string, count: number): Promise<string> => {
    const { raw } = await mail.arrival(email, count);
    // The lines that quoted-printable breaks are joined, and its `=` is spelt out.
    const text = raw.replace(/=\r\n/g, '');
    return /https:\/\/rappit\.quokka\.example\/[\w-]+#token=3D([\w-]{43})/.exec(text)?.[1] ?? '';
  };

  it('signs somebody up, and sets a new password, by links that it sends', async () => {
    const email = `mina@${PERSONAL}.example`;
    expect(await status(register(email))).toBe(202);
    const confirmed = await post('/register/confirm', { token: await tokenFor(email, 1), password: PASSWORD });
    expect([confirmed.status, await confirmed.json()]).toMatchObject([201, { role: 'admin', user: { email } }]);
    expect(await status(post('/password/forgot', { email }))).toBe(202);
    const newPassword = `another long ${SECRET}`;
    expect(await status(post('/password/reset', { token: await tokenFor(email, 2), newPassword }))).toBe(204);
    expect(await status(post('/login', { email, password: PASSWORD }))).toBe(401);
    expect(await status(post('/login', { email, password: newPassword }))).toBe(200);
    expect(mail.received()[0]?.from).toBe(`no-reply@rappit.${PERSONAL}.example`);
  });

  it('sends what was asked for before it was killed, when it is started again', async () => {
    const email = `amira@${PERSONAL}.example`;
    await mail.close();
    expect(await status(register(email))).toBe(202);
    await app?.kill('SIGKILL');
    mail = await startMailServer({}, mail.port);
    app = await startProcess(environment);
    const token = await tokenFor(email, 1);
    expect(await status(post('/register/confirm', { token, password: PASSWORD }))).toBe(201);
  });

  it.each(['SMTP_URL', 'APP_URL'])('does not start without %s, since nobody could sign up', async (name) => {
    await expect(startProcess({ ...environment, [name]: '' })).rejects.toThrow(name);
  });
});
