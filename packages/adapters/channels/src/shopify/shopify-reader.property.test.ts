import fc from 'fast-check';
import { seed } from '../../../../../test/seed.js';
import { shopifyReader } from './shopify-reader.js';

fc.configureGlobal({ seed });

const text = fc.string({ unit: 'grapheme' });
const amount = fc.nat({ max: 10_000_000 }).map((cents) => (cents / 100).toFixed(2));
const bigId = fc.bigInt({ min: 2n ** 53n, max: 2n ** 63n - 1n }).map(String);

/** An id is put in as `"id:123"` and comes out of `toText` as the bare digits that JSON.stringify couldn't have written. */
const id = bigId.map((digits) => `id:${digits}`);
const toText = (value: unknown): string => JSON.stringify(value).replace(/"id:(\d+)"/g, '$1');

const line = fc.record({
  id,
  variant_id: fc.option(id),
  sku: fc.option(text),
  name: text,
  quantity: fc.integer({ min: 1, max: 1_000 }),
  price: amount,
  tax_lines: fc.array(fc.record({ price: amount }), { maxLength: 3 }),
});
const order = fc.record({
  id,
  currency: fc.constantFrom('USD', 'EUR'),
  updated_at: fc
    .date({ min: new Date('2000-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString()),
  total_price: amount,
  email: fc.option(text),
  tags: fc.option(text),
  shipping_address: fc.option(fc.record({ name: text, city: text, country_code: fc.constantFrom('US', 'DE', '', 'Mars') })),
  line_items: fc.array(line, { maxLength: 4 }),
});

/** Answered, with an order or with the path of a fault. */
const isAnswered = (body: string): boolean => {
  const read = shopifyReader.read('orders/updated', body);
  return read.ok ? read.value.kind === 'order' : read.error.code === 'delivery.unreadable' && read.error.path.length > 0;
};

it('answers any text', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), isAnswered));
});

it('answers any JSON', () => {
  fc.assert(fc.property(fc.json({ noUnicodeString: false }), isAnswered));
});

/** Every place of a JSON value, as the keys that lead to it. */
const placesOf = (value: unknown, at: readonly string[] = []): readonly (readonly string[])[] =>
  typeof value === 'object' && value !== null
    ? [at, ...Object.entries(value).flatMap(([key, inner]) => placesOf(inner, [...at, key]))]
    : [at];

const withChange = (value: unknown, [key, ...rest]: readonly string[], change: unknown): unknown => {
  if (key === undefined) return change;
  if (Array.isArray(value)) return value.map((item, index) => (String(index) === key ? withChange(item, rest, change) : item));
  const fields = Object.entries((value ?? {}) as Readonly<Record<string, unknown>>);
  return Object.fromEntries(fields.map(([name, inner]) => [name, name === key ? withChange(inner, rest, change) : inner]));
};

it('answers an order of which any one thing was replaced by anything', () => {
  fc.assert(
    fc.property(order, fc.nat(), fc.jsonValue(), (valid, pick, change) => {
      const places = placesOf(valid);
      return isAnswered(toText(withChange(valid, places[pick % places.length] ?? [], change)));
    }),
  );
});

it('answers an order cut off anywhere', () => {
  fc.assert(fc.property(order, fc.nat(), (valid, pick) => isAnswered(toText(valid).slice(0, pick % toText(valid).length))));
});

it('keeps ids above 2^53, amounts, quantities and names exactly', () => {
  fc.assert(
    fc.property(order, (valid) => {
      const read = shopifyReader.read('orders/updated', toText(valid));
      const got = read.ok && read.value.kind === 'order' ? read.value.order : undefined;
      expect(got?.externalId).toBe(valid.id.replace('id:', 'gid://shopify/Order/'));
      expect(got?.updatedAt.toISOString()).toBe(valid.updated_at);
      expect(got?.lines).toMatchObject(
        valid.line_items.map(({ id, variant_id, name, quantity, price }) => ({
          external: { lineId: id.replace('id:', 'gid://shopify/LineItem/'), variantId: variant_id?.replace('id:', '') ?? null },
          name: name.trim() === '' ? null : name.replaceAll('\0', '\uFFFD'),
          quantity,
          unitPriceMinor: Number(price.replace('.', '')),
        })),
      );
    }),
  );
});

it('gives every unit of a line exactly one fate', () => {
  const count = fc.option(fc.integer({ min: 0, max: 9 }));
  const status = fc.constantFrom(null, 'partial', 'fulfilled', 'restocked');
  const fate = fc.record({ current_quantity: count, fulfillable_quantity: count, fulfillment_status: status });
  fc.assert(
    fc.property(order, fate, fc.boolean(), (valid, changes, cancelled) => {
      const changed = {
        ...valid,
        cancelled_at: cancelled ? valid.updated_at : null,
        line_items: valid.line_items.map((item) => ({ ...item, ...changes })),
      };
      const read = shopifyReader.read('orders/updated', toText(changed));
      if (!read.ok) return read.error.path.endsWith('current_quantity');
      if (read.value.kind !== 'order') return false;
      return read.value.order.lines.every(({ quantity, shipped, cancelled: given }) => {
        const left = quantity - shipped - given;
        return shipped >= 0 && given >= 0 && (cancelled ? left === 0 : left >= 0);
      });
    }),
  );
});
