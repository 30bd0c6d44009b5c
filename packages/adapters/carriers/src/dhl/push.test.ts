import { dhlPush } from './push.js';

const TOKEN = 'SECRET-token-of-the-subscription';
const reader = dhlPush(TOKEN);
const push = (proof: string) => ({ body: new Uint8Array(), text: '', proof });

describe("DHL's token", () => {
  it('is the one that was given with the subscription, and no other', () => {
    expect(reader.verifies(push(TOKEN))).toBe(true);
    for (const proof of ['', 'SECRET', `${TOKEN} `, TOKEN.toLowerCase()]) expect(reader.verifies(push(proof))).toBe(false);
    for (const secret of [null, '']) expect(dhlPush(secret).verifies(push(''))).toBe(false);
  });
});

describe('what DHL tells', () => {
  const numbersIn = (json: unknown) => {
    const told = reader.numbers(JSON.stringify(json));
    return told.ok ? told.value.map(({ number }) => number) : told.error.code;
  };

  it.each([
    [
      'a list of shipments',
      { shipments: [{ id: '1103733901' }, { shipmentTrackingNumber: 9356579890 }] },
      ['1103733901', '9356579890'],
    ],
    ['one shipment', { trackingNumber: '1103733901', status: { statusCode: 'delivered' } }, ['1103733901']],
    ['a bare list', [{ id: '1103733901' }], ['1103733901']],
    ['nothing', {}, 'delivery.unreadable'],
    ['shipments without a number', { shipments: [{}] }, 'delivery.unreadable'],
    ['a text', 'delivered', 'delivery.unreadable'],
  ])('is read as %s', (_, json, numbers) => {
    expect(numbersIn(json)).toEqual(numbers);
  });

  it('is asked for rather than believed, since its token proves nothing of what was sent', () => {
    expect(reader.tracked({ number: '1103733901', said: '{"status":"delivered"}' })).toBeNull();
  });
});
