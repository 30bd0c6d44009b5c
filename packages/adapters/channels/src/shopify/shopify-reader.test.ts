import { shopifyReader } from './shopify-reader.js';

const orderText = (fields: string, line = ''): string =>
  `{"id":820982911946154508,"currency":"USD","updated_at":"2026-11-01T10:00:00Z","total_price":"1.00",` +
  `"line_items":[{"id":866550311766439020,"variant_id":808950810946154508,"quantity":1,"price":"1.00"${line}}]${fields}}`;

const read = (body: string): unknown => {
  const told = shopifyReader.read('orders/create', body);
  if (!told.ok) return told.error;
  return told.value.kind === 'order' ? told.value.order : told.value;
};
const unreadable = (path: string): unknown => ({ code: 'delivery.unreadable', path });

it.each(['orders/create', 'orders/updated', 'orders/paid', 'orders/cancelled'])('reads an order from %s', (topic) => {
  expect(shopifyReader.read(topic, orderText(''))).toMatchObject({ ok: true, value: { kind: 'order' } });
});

it.each(['checkouts/create', 'products/update', 'ORDERS/CREATE', '', '__proto__'])(
  'leaves the topic %j alone, whatever its body',
  (topic) => {
    expect(shopifyReader.read(topic, 'not even JSON')).toEqual({ ok: true, value: { kind: 'unused', topic } });
  },
);

describe('ids', () => {
  it('above 2^53 stay exact', () => {
    expect(read(orderText(''))).toMatchObject({
      externalId: 'gid://shopify/Order/820982911946154508',
      lines: [{ external: { lineId: 'gid://shopify/LineItem/866550311766439020', variantId: '808950810946154508' } }],
    });
  });

  it('are the global ones where Shopify gives them', () => {
    expect(read(orderText(',"admin_graphql_api_id":"gid://shopify/Order/7"'))).toMatchObject({
      externalId: 'gid://shopify/Order/7',
    });
  });

  it.each([
    [',"admin_graphql_api_id":"gid://shopify/Product/7"', 'admin_graphql_api_id'],
    [',"admin_graphql_api_id":7', 'admin_graphql_api_id'],
    [',"admin_graphql_api_id":""', 'admin_graphql_api_id'],
  ])('of another kind are unreadable: %s', (fields, path) => {
    expect(read(orderText(fields))).toEqual(unreadable(path));
  });

  it.each(['null', '8.2e17', '1.5', '-1', '"abc"', '"007"', '0', '{}', '123456789012345678901'])(
    'cannot be read from %s',
    (id) => {
      expect(read(orderText('').replace('"id":820982911946154508', `"id":${id}`))).toEqual(unreadable('id'));
    },
  );
});

describe('a body that is no order', () => {
  it.each(['', ' ', 'null', '[]', '"text"', '42', '{', '{"a":1,}', '{"a":01}', '\uFEFF{}', '{} {}', 'NaN'])(
    'is unreadable: %j',
    (body) => {
      expect(read(body)).toEqual(unreadable('body'));
    },
  );

  it('is unreadable when it says two things under one key', () => {
    expect(read(orderText(',"total_price":"2.00"'))).toEqual(unreadable('body'));
  });

  it.each(['[', '{"a":', '[{"a":'])('is unreadable when %s is nested without end', (opening) => {
    expect(read(opening.repeat(200_000))).toEqual(unreadable('body'));
  });

  it('may hold what we don’t read, sixty levels deep and no deeper than that', () => {
    const nested = (levels: number): string => orderText(`,"note":${'['.repeat(levels)}${']'.repeat(levels)}`);
    expect(read(nested(60))).toMatchObject({ externalNumber: null });
    expect(read(nested(64))).toEqual(unreadable('body'));
  });

  it('is unreadable beyond ten million characters, and before they are parsed', () => {
    expect(read(orderText(`,"note":"${'x'.repeat(10_000_000)}"`))).toEqual(unreadable('body'));
  });

  it('doesn’t count brackets within strings', () => {
    expect(read(orderText(`,"note":"\\"${'[{'.repeat(500)}"`))).toMatchObject({ externalNumber: null });
  });

  it('names the line that is at fault', () => {
    const second = orderText('').replace('}]', '},{"id":2,"quantity":"1.5","price":"1.00"}]');
    expect(read(second)).toEqual(unreadable('line_items[1].quantity'));
    expect(read(orderText('').replace(/"line_items":.*/, '"line_items":{"length":1}}'))).toEqual(unreadable('line_items'));
    expect(read(orderText('').replace(/,"line_items":.*/, '}'))).toEqual(unreadable('line_items'));
  });

  it('is unreadable when one of its texts is beyond all measure', () => {
    expect(read(orderText(`,"name":"${'n'.repeat(20_001)}"`))).toEqual(unreadable('name'));
  });
});

describe('a body that means harm', () => {
  it('reads nothing from a prototype that it sets', () => {
    const body = orderText(',"__proto__":{"name":"#666","tags":"polluted"},"constructor":{"prototype":{"name":"#666"}}');
    expect(read(body)).toMatchObject({ externalNumber: null, tags: [] });
    expect(Object.hasOwn(Object.prototype, 'name')).toBe(false);
  });

  it('reads nothing from a prototype that somebody else has spoilt', () => {
    const prototype: Record<string, unknown> = Object.prototype as unknown as Record<string, unknown>;
    Object.assign(prototype, { tags: 'polluted' });
    try {
      expect(read(orderText(''))).toMatchObject({ tags: [] });
    } finally {
      delete prototype['tags'];
    }
  });

  it('cannot pass an object off as a number', () => {
    expect(read(orderText('').replace('"quantity":1', '"quantity":{"isLosslessNumber":true,"value":"1"}'))).toEqual(
      unreadable('line_items[0].quantity'),
    );
  });
});

describe('texts', () => {
  it.each(['Café №5', 'قميص أزرق', '日本酒 一升瓶', 'हिन्दी', '👩🏽‍🚀 mug', 'e\u0301 stays decomposed', '  blanks within  stay '])(
    'keep %s',
    (name) => {
      expect(read(orderText('', `,"name":${JSON.stringify(name)}`))).toMatchObject({ lines: [{ name }] });
    },
  );

  it('lose only what no database keeps', () => {
    expect(read(orderText('', ',"name":"a\\u0000b\\ud800c"'))).toMatchObject({ lines: [{ name: 'a\uFFFDb\uFFFDc' }] });
  });
});
