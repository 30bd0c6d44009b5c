import { createServer, type Server } from 'node:net';
import { mailerContract, runContract } from '@rappit/testing/contracts';
import type { SMTPServerOptions } from 'smtp-server';
import { lastingPort } from '../../../../../test/port.js';
import { exampleMail, links, readMessage, TOKEN } from './mail.test-kit.js';
import { type MailServer, startMailServer } from './mail-server.test-kit.js';
import { needsTls, smtpMailer } from './smtp-mailer.js';

const from = 'Rappit <no-reply@rappit.example>';
const mailerAt = (url: string, deadlineMs?: number) =>
  smtpMailer({ url, from, links, ...(deadlineMs !== undefined && { deadlineMs }) });

const servers: MailServer[] = [];
const serverWith = async (change: SMTPServerOptions = {}, port?: number): Promise<MailServer> => {
  const server = await startMailServer(change, port);
  servers.push(server);
  return server;
};
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

runContract({ describe, it }, 'smtpMailer', {
  cases: mailerContract,
  make: async () => {
    let server = await serverWith({}, await lastingPort());
    const all = [server];
    return {
      mailer: mailerAt(server.url),
      arrived: async () => all.flatMap((one) => one.received().flatMap(({ to }) => to)),
      breakDown: () => server.close(),
      mend: async () => {
        server = await serverWith({}, server.port);
        all.push(server);
      },
    };
  },
});

const unavailable = { ok: false, error: { code: 'mail.unavailable' } };
const refused = { ok: false, error: { code: 'mail.refused' } };

const reply = (responseCode: number, message: string): Error => Object.assign(new Error(message), { responseCode });

describe('mail over SMTP', () => {
  it('arrives with both parts, from us, by a name that stays the same when it is sent again', async () => {
    const server = await serverWith();
    for (const _ of [1, 2]) await mailerAt(server.url).send(exampleMail({ language: 'ar' }));
    const [first, second] = server.received();
    expect(first).toMatchObject({ from: 'no-reply@rappit.example', to: ['mina@quokka.example'] });
    const { headers, parts } = readMessage(first?.raw ?? '');
    expect(headers).toEqual(
      expect.arrayContaining([
        'From: Rappit <no-reply@rappit.example>',
        'To: mina@quokka.example',
        'Auto-Submitted: auto-generated',
        'Content-Language: ar',
        expect.stringMatching(/^Content-Type: multipart\/alternative/),
      ]),
    );
    expect(parts).toHaveLength(2);
    for (const part of parts) expect(part).toContain(`https://rappit.example/reset#token=${TOKEN}`);
    expect(parts[0]).toContain('كلمة مرور جديدة');
    expect(parts[1]).toContain('dir="rtl"');
    const nameOf = (raw = '') => readMessage(raw).headers.find((header) => header.startsWith('Message-ID'));
    expect(nameOf(first?.raw)).toBe(nameOf(second?.raw));
  });

  it('has no header and no receiver that a name smuggled in', async () => {
    const server = await serverWith();
    const name = 'Mina\r\nBcc: everybody@quokka.example\nX-Evil: 1';
    await mailerAt(server.url).send(
      exampleMail({ content: { kind: 'invitation', organizationName: name, inviterName: name, token: TOKEN, minutes: 60 } }),
    );
    const [received] = server.received();
    expect(received?.to).toEqual(['mina@quokka.example']);
    expect(readMessage(received?.raw ?? '').headers.filter((header) => /^(Bcc|X-Evil)/i.test(header))).toEqual([]);
  });

  it('is refused when the server will never take it, and unavailable when it may later', async () => {
    const saying = async (code: number) => {
      const server = await serverWith({ onRcptTo: (_address, _session, done) => done(reply(code, 'no')) });
      return mailerAt(server.url).send(exampleMail());
    };
    expect(await saying(550)).toEqual(refused);
    expect(await saying(450)).toEqual(unavailable);
    const full = await serverWith({
      onData: (stream, _session, done) => stream.on('data', () => undefined).on('end', () => done(reply(554, 'spam'))),
    });
    expect(await mailerAt(full.url).send(exampleMail())).toEqual(refused);
  });

  it('signs in, and is unavailable when the server does not know us', async () => {
    const server = await serverWith({
      authOptional: false,
      onAuth: ({ username, password }, _session, done) =>
        username === 'rappit' && password === 'p@ss:word' ? done(null, { user: username }) : done(reply(535, 'who are you')),
    });
    const at = (user: string) => mailerAt(server.url.replace('//', `//${user}@`)).send(exampleMail());
    expect(await at('rappit:p%40ss%3Aword')).toEqual({ ok: true, value: undefined });
    expect(server.received()).toMatchObject([{ user: 'rappit' }]);
    expect(await at('rappit:wrong')).toEqual(unavailable);
  });

  it('is unavailable within its deadline when the server says nothing, or nothing more', async () => {
    for (const greeting of ['', '220 hello\r\n']) {
      const silent = await listening((socket) => socket.write(greeting));
      expect(await mailerAt(silent.url, 300).send(exampleMail())).toEqual(unavailable);
      await silent.close();
    }
  });

  it.each([
    ['smtp://mail.example.com:587', true],
    ['smtp://mail.example.com:25?requireTLS=false', false],
    ['smtp://localhost:25', false],
    ['smtp://127.0.0.1:25', false],
    ['smtp://[::1]:25', false],
    ['smtp://127.0.0.1:25?requireTLS=true', true],
    ['smtp://127.0.0.1.example.com:25', true],
    ['smtp://localhost.example.com:25', true],
  ])('is hidden from whoever is on the way to %s: %p', (url, hidden) => {
    expect(needsTls(url)).toBe(hidden);
  });

  it('does not go where there is no TLS, or a certificate that nobody vouches for, when it has to be hidden', async () => {
    for (const change of [{}, { disabledCommands: [] }]) {
      const server = await serverWith(change);
      expect(await mailerAt(`${server.url}?requireTLS=true`).send(exampleMail())).toEqual(unavailable);
      expect(server.received()).toEqual([]);
    }
  });
});

const listening = async (connected: (socket: { write: (text: string) => unknown }) => void) => {
  const sockets = new Set<{ destroy: () => void }>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    connected(socket);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve());
  });
  const address = server.address();
  return {
    url: `smtp://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
};
