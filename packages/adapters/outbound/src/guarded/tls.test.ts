import { certificateFor } from './certificate.test-kit.js';
import { guardedFetch } from './guarded-fetch.js';
import { startOutside } from './outside.test-kit.js';
import { publicOnly } from './policy.js';

const policy = { ...publicOnly, ports: null, networks: ['127.0.0.1/32'] };
const names = async (): Promise<readonly string[]> => ['127.0.0.1'];
const mine = certificateFor('shop.example.com');

const sendTo = async (host: string, tls = mine, ca: readonly string[] = [mine.pem]) => {
  const outside = await startOutside({ tls });
  try {
    const guard = guardedFetch({ policy, names, ca });
    const sent = await guard.send({ method: 'POST', url: outside.url('/', host), body: 'x', deadlineMs: 60_000, maxBytes: 100 });
    return { sent, arrived: outside.arrived().length };
  } finally {
    await outside.close();
  }
};

const refused = { sent: { ok: false, error: { code: 'outbound.unavailable', why: 'certificate' } }, arrived: 0 };

it('calls whoever can show that they are who they are called by', async () => {
  expect(await sendTo('shop.example.com')).toMatchObject({ sent: { ok: true, value: { status: 200 } }, arrived: 1 });
  expect(await sendTo('shop.example.com.')).toMatchObject({ sent: { ok: true }, arrived: 1 });
});

it('sends nothing to a certificate of another name, of nobody, or of yesterday', async () => {
  expect(await sendTo('bank.example.com')).toEqual(refused);
  expect(await sendTo('127.0.0.1')).toEqual(refused);
  expect(await sendTo('shop.example.com', mine, [])).toEqual(refused);
  const old = certificateFor('shop.example.com', { expired: true });
  expect(await sendTo('shop.example.com', old, [old.pem])).toEqual(refused);
});

it('asks for a certificate whatever the environment says', async () => {
  const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
  process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
  try {
    expect(await sendTo('shop.example.com', mine, [])).toEqual(refused);
  } finally {
    if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before;
  }
});

it('speaks TLS to nobody who does not', async () => {
  const outside = await startOutside();
  const guard = guardedFetch({ policy, names });
  const url = outside.url('/', 'shop.example.com').replace('http:', 'https:');
  const sent = await guard.send({ method: 'GET', url, deadlineMs: 60_000, maxBytes: 100 });
  expect(sent).toMatchObject({ ok: false, error: { code: 'outbound.unavailable' } });
  await outside.close();
});
