import fc from 'fast-check';
import { seed } from '../../../../../test/seed.js';
import { drawLabel } from './label.js';
import type { WireAddress } from './wire.js';

fc.configureGlobal({ seed });

const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 100 });
const address: fc.Arbitrary<WireAddress> = fc.record(
  {
    contact: text,
    company: text,
    street: fc.array(text, { minLength: 1, maxLength: 5 }),
    town: text,
    state: text,
    zip: text,
    country: fc.constant('DE'),
  },
  { requiredKeys: ['contact', 'street', 'town', 'country'] },
);

describe('a label', () => {
  it('is one page of PDF whatever the names are made of', async () => {
    await fc.assert(
      fc.asyncProperty(address, address, text, async (shipper, consignee, customer_ref) => {
        const order = { customer_ref, shipper, consignee, pieces: [{ kg: 1, cm: { l: 1, w: 1, h: 1 } }] };
        const pdf = (await drawLabel({ order, service: 'express', trackingNumber: 'SIM874895832093' })).toString('latin1');
        expect(pdf.startsWith('%PDF-1.')).toBe(true);
        expect([...pdf.matchAll(/\/Type \/Page\b/g)]).toHaveLength(1);
      }),
      { numRuns: 60 },
    );
  });
});
