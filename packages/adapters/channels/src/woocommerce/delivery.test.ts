import { wooArrival } from './delivery.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const headers = {
  'x-wc-webhook-topic': 'order.updated',
  'x-wc-webhook-signature': 'c2lnbmVk',
  'x-wc-webhook-id': '7',
  'x-wc-webhook-delivery-id': '00aa',
};
const idOf = (text: string, other: Readonly<Record<string, string>> = {}): string => {
  const arrival = wooArrival({ headers: { ...headers, ...other }, body: bytes(text) });
  return arrival.kind === 'delivery' ? arrival.deliveryId : arrival.kind;
};

describe('what comes to the address of a webhook', () => {
  it('is a delivery when it is signed and has a topic', () => {
    expect(wooArrival({ headers, body: bytes('{"id":1}') })).toEqual({
      kind: 'delivery',
      topic: 'order.updated',
      deliveryId: expect.stringMatching(/^[0-9a-f]{64}$/),
      signature: 'c2lnbmVk',
    });
  });

  it('is the same delivery when the same webhook says the same again, in whichever second', () => {
    expect(idOf('{"id":1}', { 'x-wc-webhook-delivery-id': 'ffff' })).toBe(idOf('{"id":1}'));
  });

  it('is another for another order in the same second, another topic, and another webhook', () => {
    const ids = [
      idOf('{"id":1}'),
      idOf('{"id":2}'),
      idOf('{"id":1}', { 'x-wc-webhook-topic': 'order.created' }),
      idOf('{"id":1}', { 'x-wc-webhook-id': '8' }),
    ];
    expect(new Set(ids).size).toBe(4);
  });

  it('is a ping when the form says so and nothing else does', () => {
    expect(wooArrival({ headers: {}, body: bytes('webhook_id=123') })).toEqual({ kind: 'ping' });
  });

  it.each([
    ['more than a ping', 'webhook_id=123&id=4'],
    ['a ping without a number', 'webhook_id='],
    ['an order without a signature', '{"id":1}'],
    ['nothing', ''],
  ])('is strange when it is %s', (_, body) => {
    expect(wooArrival({ headers: { 'x-wc-webhook-topic': 'order.updated' }, body: bytes(body) })).toEqual({ kind: 'strange' });
  });

  it('is judged as a delivery when a signed body looks like a ping', () => {
    expect(wooArrival({ headers, body: bytes('webhook_id=123') })).toMatchObject({ kind: 'delivery' });
  });
});
