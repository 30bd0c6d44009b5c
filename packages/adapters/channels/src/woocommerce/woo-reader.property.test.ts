import fc from 'fast-check';
import { seed } from '../../../../../test/seed.js';
import { orderOf } from './woo-order.test-kit.js';
import { wooReader } from './woo-reader.js';

fc.configureGlobal({ seed });

const topic = fc.constantFrom(
  'order.created',
  'order.updated',
  'order.restored',
  'order.deleted',
  'product.updated',
  'customer.created',
);

/** Answered, with what it tells or with the path of a fault. */
const isAnswered = (body: string, told: string): boolean => {
  const read = wooReader.read(told, body);
  return read.ok || (read.error.code === 'delivery.unreadable' && read.error.path.length > 0);
};

it('answers any text', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), topic, isAnswered));
});

it('answers any JSON', () => {
  fc.assert(fc.property(fc.json({ noUnicodeString: false }), topic, isAnswered));
});

it('answers an order of which any one thing is anything else', () => {
  const names = Object.keys(orderOf());
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.jsonValue(), fc.boolean(), (name, value, inLine) => {
      const body = inLine ? orderOf({}, { [name]: value }) : orderOf({ [name]: value });
      return isAnswered(JSON.stringify(body), 'order.updated');
    }),
  );
});

const minor = fc.integer({ min: -1_000_000, max: 100_000_000 });
const decimal = (cents: number): string =>
  `${cents < 0 ? '-' : ''}${Math.floor(Math.abs(cents) / 100)}.${String(Math.abs(cents) % 100).padStart(2, '0')}`;

it('comes to exactly what the shop says a line comes to, in units of whole prices', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100_000 }), minor, minor, minor, (quantity, subtotal, total, tax) => {
      const facts = { quantity, subtotal: decimal(subtotal), total: decimal(total), total_tax: decimal(tax) };
      const read = wooReader.read('order.updated', JSON.stringify(orderOf({}, facts)));
      const line = read.ok && read.value.kind === 'order' ? read.value.order.lines[0] : undefined;
      expect(line).toBeDefined();
      if (!line) return;
      const { unitPriceMinor, discountMinor, taxMinor } = line;
      expect(Number.isSafeInteger(unitPriceMinor) && unitPriceMinor >= 0 && discountMinor >= 0 && taxMinor >= 0).toBe(true);
      expect(unitPriceMinor * quantity - discountMinor + taxMinor).toBe(total + tax);
    }),
  );
});
