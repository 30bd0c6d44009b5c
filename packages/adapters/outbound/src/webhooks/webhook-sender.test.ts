import { createHmac } from 'node:crypto';
import type { OutboundAnswer, WebhookAnswer } from '@rappit/domain';
import { fakeGuardedFetch } from '@rappit/testing/fakes';
import { Webhook } from 'standardwebhooks';
import { webhookSender } from './webhook-sender.js';

const now = new Date('2026-03-01T12:00:00.400Z');
/** 32 bytes that say that they are a fixture's. */
const secretOf = (name: string): string => `whsec_${Buffer.from(`wombat ${name}`.padEnd(32, '.')).toString('base64')}`;
const message = {
  url: 'https://hooks.example.com/rappit',
  id: '019b8d9d-0000-7000-8000-000000000001',
  at: new Date(),
  body: '{"type":"order.placed","data":{"number":"№ 7"}}',
  secrets: [secretOf('new'), secretOf('old')],
};
const headersOf = (request: { readonly headers?: Readonly<Record<string, string>> } | undefined) => ({ ...request?.headers });

const sending = async (answer: OutboundAnswer): Promise<WebhookAnswer> => {
  const { guardedFetch, answerWith } = fakeGuardedFetch();
  answerWith(answer);
  return webhookSender({ guardedFetch, now: () => now }).send(message);
};
const answering = (status: number, body = '', headers: Readonly<Record<string, string>> = {}): OutboundAnswer => ({
  status,
  headers,
  body: new TextEncoder().encode(body),
});

describe('a sender of webhooks', () => {
  it('signs so that the official library verifies it with the new secret and with the old one, and with no other', async () => {
    const { guardedFetch, arrived } = fakeGuardedFetch();
    expect(await webhookSender({ guardedFetch, now: () => now }).send(message)).toMatchObject({ outcome: 'delivered' });
    const [request] = arrived();
    const body = String(request?.body);
    for (const secret of message.secrets)
      expect(new Webhook(secret).verify(body, headersOf(request))).toEqual(JSON.parse(message.body));
    expect(() => new Webhook(secretOf('another')).verify(body, headersOf(request))).toThrow('No matching signature found');
    expect(() => new Webhook(secretOf('new')).verify(`${body} `, headersOf(request))).toThrow('No matching signature found');
    expect(request).toMatchObject({ method: 'POST', url: message.url, body: message.body });
    expect(request?.headers).toMatchObject({ 'webhook-id': message.id, 'content-type': 'application/json' });
  });

  it('signs what the specification says: id, seconds and body, by HMAC-SHA256 under the bytes of the secret', async () => {
    const { guardedFetch, arrived } = fakeGuardedFetch();
    await webhookSender({ guardedFetch, now: () => now }).send({ ...message, at: now });
    const [request] = arrived();
    const signed = message.secrets.map((secret) => {
      const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
      return `v1,${createHmac('sha256', key).update(`${message.id}.1772366400.${message.body}`).digest('base64')}`;
    });
    expect(request?.headers).toMatchObject({ 'webhook-timestamp': '1772366400', 'webhook-signature': signed.join(' ') });
  });

  it.each([
    [204, 'delivered'],
    [200, 'delivered'],
    [301, 'rejected'],
    [400, 'rejected'],
    [410, 'rejected'],
    [500, 'rejected'],
  ])('takes the status %i as %s', async (status, outcome) => {
    expect(await sending(answering(status))).toEqual({
      outcome,
      responseStatus: status,
      answer: null,
      retryAfterSeconds: null,
    });
  });

  it.each([
    ['120', 120],
    ['0', 0],
    ['Sun, 01 Mar 2026 12:02:00 GMT', 120],
    ['Sun, 01 Mar 2026 11:00:00 GMT', 0],
    ['soon', null],
    ['-5', null],
    ['2026-03-01', null],
    ['Sun, 99 Mxx 2026 12:02:00 GMT', null],
  ])('reads the Retry-After %s as %s', async (text, seconds) => {
    const answer = await sending(answering(429, '', { 'retry-after': text }));
    expect(answer.retryAfterSeconds).toBe(seconds);
  });

  it('shows the beginning of an answer on one line, whatever bytes it is made of', async () => {
    expect((await sending(answering(500, ' No\r\n\tnot\u0000 \u202enow '))).answer).toBe('No not now');
    expect((await sending(answering(500, '🧵'.repeat(2_000)))).answer).toBe('🧵'.repeat(500));
    expect((await sending({ status: 500, headers: {}, body: Uint8Array.from([0xff, 0x41]) })).answer).toBe('\ufffdA');
  });

  it('shows no signature of ours that comes back', async () => {
    const { guardedFetch, answerWith, arrived } = fakeGuardedFetch();
    answerWith(({ headers, body }) => answering(500, `${JSON.stringify(headers)} ${String(body)}`));
    const { answer } = await webhookSender({ guardedFetch, now: () => now }).send(message);
    const signatures = headersOf(arrived()[0])['webhook-signature']?.split(' ') ?? [];
    expect(signatures).toHaveLength(2);
    for (const signature of signatures) expect(answer).not.toContain(signature.slice(3));
    expect(answer).toContain(message.id);
  });

  it('shows none however often one comes back, without its version, and where an answer is cut short', async () => {
    const { guardedFetch, answerWith } = fakeGuardedFetch();
    let signatures: readonly string[] = [];
    answerWith(({ headers }) => {
      signatures = (headers?.['webhook-signature'] ?? '').split(' ').map((signature) => signature.slice('v1,'.length));
      return answering(500, `${signatures.join(' ')} ${signatures.join(' ')} ${'.'.repeat(490)}${signatures[0]}`);
    });
    const { answer } = await webhookSender({ guardedFetch, now: () => now }).send(message);
    expect(signatures.map((signature) => signature.length)).toEqual([44, 44]);
    expect(answer).toMatch(/^… … … … \.{490}…$/);
  });

  it('says what kept an answer from coming, and takes one that began with a 2xx as one', async () => {
    const { guardedFetch, breakDown, mend, answerWith } = fakeGuardedFetch();
    const send = (url = message.url) => webhookSender({ guardedFetch, now: () => now }).send({ ...message, url });
    expect(await send('https://169.254.169.254/')).toMatchObject({ outcome: 'refused', answer: 'address' });
    breakDown('away');
    expect(await send()).toMatchObject({ outcome: 'unavailable', answer: 'connection' });
    breakDown('silent');
    expect(await send()).toMatchObject({ outcome: 'unknown', answer: 'deadline', responseStatus: null });
    mend();
    answerWith(answering(200, 'x'.repeat(100_000)));
    expect(await send()).toMatchObject({ outcome: 'delivered', answer: 'tooLarge', responseStatus: 200 });
    answerWith(answering(500, 'x'.repeat(100_000)));
    expect(await send()).toMatchObject({ outcome: 'unknown', responseStatus: 500 });
  });
});
