import { createHmac } from 'node:crypto';
import { fedexPush } from './push.js';

const TOKEN = 'SECRET-token-of-the-project';
const reader = fedexPush(TOKEN);
const NUMBER = '794953535000';

const result = {
  trackingNumberInfo: { trackingNumber: NUMBER },
  latestStatusDetail: { code: 'OD', derivedCode: 'OD' },
  scanEvents: [
    { date: '2026-01-06T08:00:00-06:00', eventType: 'OD', eventDescription: 'On FedEx vehicle for delivery' },
    { date: '2026-01-05T09:00:00-06:00', eventType: 'PU', eventDescription: 'Picked up' },
  ],
  deliveryDetails: { receivedByName: 'J.LINDQVIST' },
  recipientInformation: { address: { city: 'NOWHERE' } },
};
const row = { trackingNumber: NUMBER, trackResults: [result] };

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const push = (text: string, proof: string) => ({ body: bytes(text), text, proof });
const signed = (text: string, secret = TOKEN): string => createHmac('sha256', secret).update(text).digest('base64');

describe("FedEx's signature", () => {
  it('is the base64 of the HMAC-SHA256 of the very bytes', () => {
    expect(reader.verifies(push('{"a":1}', signed('{"a":1}')))).toBe(true);
    // printf '{"a":1}' | openssl dgst -sha256 -hmac SECRET-token-of-the-project -binary | base64
    expect(reader.verifies(push('{"a":1}', '2xf/z8GumAsGbG+6OGcKKyyuWCjTkEfIER9qhq3b5rY='))).toBe(true);
  });

  it.each([
    ['none', ''],
    ["another body's", signed('{"a":2}')],
    ["another secret's", signed('{"a":1}', 'SECRET-of-somebody-else')],
    ['one in hexadecimal', createHmac('sha256', TOKEN).update('{"a":1}').digest('hex')],
    ['one with something behind it', `${signed('{"a":1}')} `],
  ])('is not %s', (_, proof) => {
    expect(reader.verifies(push('{"a":1}', proof))).toBe(false);
  });

  it('is nobody’s where there is no secret', () => {
    for (const secret of [null, ''])
      expect(fedexPush(secret).verifies(push('{}', createHmac('sha256', '').update('{}').digest('base64')))).toBe(false);
  });
});

describe('what FedEx tells', () => {
  it.each([
    ['as an answer of tracking', { output: { completeTrackResults: [row] } }],
    ['as its rows', { completeTrackResults: [row] }],
    ['as one row', row],
    ['as one result', result],
    ['as a list of results', [result]],
  ])('is read %s', (_, json) => {
    const told = reader.numbers(JSON.stringify(json));
    if (!told.ok) throw new Error(told.error.code);
    const [only, ...others] = told.value;
    expect([only?.number, others]).toEqual([NUMBER, []]);
    expect(only && reader.tracked(only)).toMatchObject({
      trackingNumber: NUMBER,
      status: 'outForDelivery',
      events: [{ code: 'PU', at: { local: '2026-01-05T09:00:00', utcOffsetMinutes: -360 } }, { code: 'OD' }],
    });
  });

  it('is kept without names and addresses', () => {
    const told = reader.numbers(JSON.stringify(row));
    expect(JSON.stringify(told)).not.toMatch(/LINDQVIST|NOWHERE/);
  });

  it('says nothing without a scan and a status: then FedEx is asked', () => {
    expect(reader.tracked({ number: NUMBER, said: '[{}]' })).toBeNull();
    expect(reader.tracked({ number: NUMBER, said: 'nonsense' })).toBeNull();
  });

  it.each(['', 'null', '{}', '[]', '"text"', '{"output":7}', '{"trackResults":[]}', '[[[', '{"trackingNumber":{}}'])(
    'is unreadable as %s',
    (text) => {
      expect(reader.numbers(text)).toEqual({ ok: false, error: { code: 'delivery.unreadable', path: '' } });
    },
  );
});
