import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { alsoNearby, guardedFetch } from '../guarded/index.js';
import { webhookSender } from './webhook-sender.js';

const wombat = Buffer.from('a wombat of thirty-two characters').toString('base64');
const secret = `whsec_${wombat}`;

type Got = { readonly headers: IncomingHttpHeaders; readonly body: string };

/** A receiver that listens on this machine, and what reached it. */
const receiver = async () => {
  const got: Got[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      got.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { got, port, close: () => new Promise((resolve) => server.close(resolve)) };
};

/** A sender for which each name leads where `leadsTo` says at that moment. */
const senderWith = (leadsTo: () => string) =>
  webhookSender({
    guardedFetch: guardedFetch({ policy: alsoNearby, names: async () => [leadsTo()] }),
    now: () => new Date(),
  });

const messageTo = (port: number) => ({
  url: `http://hooks.example.com:${port}/rappit`,
  id: '019b8d9d-0000-7000-8000-000000000001',
  at: new Date(),
  body: JSON.stringify({ type: 'order.placed', data: { number: '№ 7' } }),
  secrets: [secret],
});

describe('a webhook through the guard', () => {
  it('arrives so that the official library verifies what came over the wire', async () => {
    const { got, port, close } = await receiver();
    const message = messageTo(port);
    expect(await senderWith(() => '127.0.0.1').send(message)).toMatchObject({ outcome: 'delivered', responseStatus: 204 });
    const [{ headers, body }] = got as [Got];
    const given = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
    expect(new Webhook(secret).verify(body, given)).toEqual(JSON.parse(message.body));
    expect(headers['webhook-id']).toBe(message.id);
    await close();
  });

  it('is refused when the name leads to a closed address by then, whatever it led to before', async () => {
    const { got, port, close } = await receiver();
    let leadsTo = '127.0.0.1';
    const sender = senderWith(() => leadsTo);
    expect(await sender.send(messageTo(port))).toMatchObject({ outcome: 'delivered' });
    leadsTo = '169.254.169.254';
    expect(await sender.send(messageTo(port))).toEqual({
      outcome: 'refused',
      responseStatus: null,
      answer: 'address',
      retryAfterSeconds: null,
    });
    expect(got).toHaveLength(1);
    await close();
  });

  it('is refused in production when the name leads into a private network', async () => {
    const sender = webhookSender({ guardedFetch: guardedFetch({ names: async () => ['10.0.0.7'] }), now: () => new Date() });
    const url = 'https://hooks.example.com/rappit';
    expect(guardedFetch({ names: async () => ['10.0.0.7'] }).check(url)).toEqual({ ok: true, value: null });
    expect(await sender.send({ ...messageTo(1), url })).toMatchObject({ outcome: 'refused', answer: 'address' });
  });
});
