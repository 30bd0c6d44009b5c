import type { Mail } from '@rappit/domain';
import { PERSONAL, SECRET } from '../../../../../test/markers.js';
import type { MakeBackend } from './backend.test-kit.js';
import { type Answer, read, refusalIn } from './client.test-kit.js';
import { visible } from './foreign-ids.test-kit.js';
import { openWorld, PASSWORD, PREFIX, type World } from './world.test-kit.js';

const THEIRS = `the password of an intruder, ${SECRET}`;
const linkInvalid = { status: 400, code: 'link.invalid', paths: [] };

let count = 0;
const freshEmail = (): string => `stranger-${++count}@${PERSONAL}.example`;

/** Nobody learns whether an address has an account: where addresses are confirmed by mail, signing up tells as little as the rest. */
export const enumeration = (make: MakeBackend): void => {
  describe('enumeration', () => {
    let world: World;
    beforeAll(async () => {
      world = await openWorld(make, { signUp: 'confirmed' });
    });
    afterAll(() => world.close());
    answersAlike(() => world);
    confirming(() => world);
  });
};

const callsOf = (world: World) => {
  const post = (path: string, json: object): Promise<Answer> => world.send('POST', `${PREFIX}/auth${path}`, { json });
  const register = (email: string, more: object = {}) =>
    post('/register', { organizationName: 'Shop', name: 'Person', email, password: PASSWORD, ...more });
  const confirm = (token: string, password = PASSWORD) => post('/register/confirm', { token, password });
  const mailsTo = async (email: string) => (await world.mails()).filter(({ to }) => to === email);
  return {
    post,
    register,
    confirm,
    mailsTo,
    login: (email: string, password = PASSWORD) => post('/login', { email, password }),
    /** Somebody who has confirmed their address. */
    known: async (): Promise<string> => {
      const email = freshEmail();
      await register(email);
      expect((await confirm(tokenIn((await mailsTo(email)).at(-1)))).status).toBe(201);
      return email;
    },
  };
};

const tokenIn = (mail: Mail | undefined): string => {
  if (!mail || !('token' in mail.content)) throw new Error('a mail with a link was sent');
  return mail.content.token;
};

const answersAlike = (world: () => World): void => {
  it.each<[string, (calls: ReturnType<typeof callsOf>, email: string) => Promise<Answer>]>([
    ['signing up', ({ register }, email) => register(email)],
    ['signing in with a wrong password', ({ login }, email) => login(email, 'not the password')],
    ['forgetting a password', ({ post }, email) => post('/password/forgot', { email })],
  ])('answers %s alike for an address that has an account and for one that has none', async (_, ask) => {
    const calls = callsOf(world());
    const email = await calls.known();
    expect(visible(await ask(calls, email))).toEqual(visible(await ask(calls, freshEmail())));
    expect(visible(await ask(calls, email.toUpperCase()))).toEqual(visible(await ask(calls, email)));
  });

  it('does the same work for both: one password is hashed or compared, and nothing is looked up before a job does', async () => {
    const calls = callsOf(world());
    const email = await calls.known();
    const workOf = async (ask: () => Promise<unknown>) => {
      world().work.reset();
      await ask();
      return world().work.done();
    };
    const asking = (address: string) => ({
      register: () => calls.register(address),
      login: () => calls.login(address, 'not the password'),
      forgot: () => calls.post('/password/forgot', { email: address }),
    });
    const [known, unknown] = [asking(email), asking(freshEmail())];
    expect(await workOf(known.register)).toEqual(await workOf(unknown.register));
    expect(await workOf(known.login)).toEqual(await workOf(unknown.login));
    expect(await workOf(known.forgot)).toEqual(await workOf(unknown.forgot));
    expect(await workOf(known.register)).toEqual(['hash', 'make']);
    expect(await workOf(known.login)).toEqual(['credentialsOf', 'matches']);
    expect(await workOf(known.forgot)).toEqual(['make']);
  });

  it('asks the database equally often for both', async () => {
    const calls = callsOf(world());
    const email = await calls.known();
    const statementsOf = async (ask: () => Promise<unknown>): Promise<number> => {
      const before = world().statements();
      await ask();
      return world().statements() - before;
    };
    for (const ask of [
      (address: string) => calls.register(address),
      (address: string) => calls.login(address, 'not the password'),
      (address: string) => calls.post('/password/forgot', { email: address }),
    ])
      expect(await statementsOf(() => ask(email))).toBe(await statementsOf(() => ask(freshEmail())));
  });

  it('tells the owner of an address that somebody signs up with it, and changes nothing', async () => {
    const { known, register, mailsTo, login } = callsOf(world());
    const email = await known();
    await register(email.toUpperCase(), { name: 'An intruder', password: THEIRS });
    const mail = (await mailsTo(email)).at(-1);
    expect(mail?.content).toEqual({ kind: 'alreadyRegistered', name: 'Person' });
    expect([(await login(email)).status, (await login(email, THEIRS)).status]).toEqual([200, 401]);
  });
};

const confirming = (world: () => World): void => {
  it('opens the organization when its link is used with the password that was chosen, and not before', async () => {
    const { register, confirm, mailsTo, login } = callsOf(world());
    const email = freshEmail();
    expect((await register(email, { language: 'ar' })).status).toBe(202);
    expect((await login(email)).status).toBe(401);
    const [mail, ...more] = await mailsTo(email);
    expect([mail?.language, mail?.content.kind, more]).toEqual(['ar', 'confirmRegistration', []]);
    expect(JSON.stringify(mail)).not.toMatch(/Shop|Person/);
    expect(refusalIn(await confirm(tokenIn(mail), `another ${SECRET}`))).toMatchObject({
      status: 401,
      code: 'account.credentials_wrong',
    });
    const opened = await confirm(tokenIn(mail));
    expect(opened.status).toBe(201);
    expect(read<object>(opened)).toMatchObject({
      role: 'admin',
      organization: { name: 'Shop' },
      user: { email, language: 'ar' },
    });
    expect(refusalIn(await confirm(tokenIn(mail)))).toEqual(linkInvalid);
    expect((await login(email)).status).toBe(200);
  });

  it('lets each of several who sign up with one address confirm only by their own password, and one of them in', async () => {
    const { register, confirm, mailsTo, login } = callsOf(world());
    const email = freshEmail();
    await register(email, { password: THEIRS, name: 'An intruder' });
    await register(email);
    const [theirs, own] = (await mailsTo(email)).map(tokenIn);
    expect((await confirm(theirs ?? '')).status).toBe(401);
    expect((await confirm(own ?? '')).status).toBe(201);
    expect(refusalIn(await confirm(theirs ?? '', THEIRS))).toEqual(linkInvalid);
    expect((await login(email)).status).toBe(200);
  });

  it('lets one of many in that use a link at once', async () => {
    const { register, confirm, mailsTo } = callsOf(world());
    const email = freshEmail();
    await register(email);
    const token = tokenIn((await mailsTo(email)).at(-1));
    const answers = await Promise.all([1, 2, 3, 4].map(() => confirm(token)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 400, 400, 400]);
  });

  it('does not take the link of another purpose', async () => {
    const { known, post, confirm, register, mailsTo } = callsOf(world());
    const email = await known();
    await post('/password/forgot', { email });
    const forgotten = tokenIn((await mailsTo(email)).at(-1));
    expect(refusalIn(await confirm(forgotten))).toEqual(linkInvalid);
    const another = freshEmail();
    await register(another);
    const signUp = tokenIn((await mailsTo(another)).at(-1));
    const reset = await post('/password/reset', { token: signUp, newPassword: `another long ${SECRET}` });
    expect(refusalIn(reset)).toEqual(linkInvalid);
  });
};
