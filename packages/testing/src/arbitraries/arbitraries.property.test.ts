import { addsUp, checkDraft, decidePlacements, fewestLocations, isQuantity, isSound, parseSku, system } from '@rappit/domain';
import fc from 'fast-check';
import { seed } from '../../../../test/seed.js';
import { fakeIds } from '../fakes/index.js';
import { anyDraft, anyExternalOrder, anyNoQuantity, anyQuantity, anyShelves, anySku, anySkus } from './index.js';

const numRuns = Number(process.env['RUNS'] ?? 100);
process.stdout.write(`arbitraries: RUNS=${numRuns} SEED=${seed}\n`);
jest.setTimeout(1_200_000 + numRuns * 200);
const options = { numRuns, seed };

describe('the arbitraries', () => {
  it('make SKUs that parse to themselves', () => {
    fc.assert(
      fc.property(anySku(), (sku) => expect(parseSku(sku)).toEqual({ ok: true, value: sku })),
      options,
    );
  });

  it('make SKUs of many scripts', () => {
    const text = fc.sample(anySku(), { numRuns: 300, seed: 1 }).join('');
    for (const script of [
      /\p{Script=Arabic}/u,
      /\p{Script=Han}/u,
      /\p{Script=Cyrillic}/u,
      /\p{Script=Devanagari}/u,
      /\p{Emoji}/u,
    ])
      expect(text).toMatch(script);
  });

  it('make quantities and what is none', () => {
    fc.assert(
      fc.property(anyQuantity(), anyNoQuantity(), (good, bad) =>
        expect([isQuantity(good), isQuantity(bad)]).toEqual([true, false]),
      ),
      options,
    );
  });

  it('make sound levels, each SKU at a location once', () => {
    fc.assert(
      fc.property(
        anySkus().chain((skus) => anyShelves(skus)),
        (shelves) => {
          expect(shelves.every(({ level }) => isSound(level))).toBe(true);
          expect(new Set(shelves.map(({ level }) => `${level.sku}\n${level.locationId}`)).size).toBe(shelves.length);
        },
      ),
      options,
    );
  });

  it('make drafts that are accepted, and orders of them that add up', () => {
    const cases = anySkus().chain((skus) =>
      fc.record({ skus: fc.constant(skus), shelves: anyShelves(skus), draft: anyDraft(skus) }),
    );
    fc.assert(
      fc.property(cases, ({ skus, shelves, draft }) => {
        expect(checkDraft(draft)).toEqual({ ok: true, value: draft });
        const situation = {
          now: new Date(0),
          shelves,
          items: skus.map((sku) => ({ sku, name: 'Item', components: null, lowStockThreshold: null, waiting: 0 })),
          numbers: ['1'],
        };
        const [placed] = decidePlacements({ ids: fakeIds(), policy: fewestLocations })(situation, [
          { actor: system('test'), draft },
        ]);
        expect(placed?.ok ? placed.value.order.lines.every(addsUp) : placed?.error.code).toEqual(
          placed?.ok ? true : 'order.insufficient_stock',
        );
      }),
      options,
    );
  });

  it("make shops' orders that are accepted from a channel", () => {
    fc.assert(
      fc.property(
        anySkus().chain((skus) => anyExternalOrder(skus)),
        ({ externalId, externalNumber, updatedAt, ...order }) => {
          const source = { kind: 'channel' as const, channelId: 'channel', externalId, externalNumber, updatedAt };
          expect(checkDraft({ ...order, source, onShortage: 'backorder' }).ok).toBe(true);
        },
      ),
      options,
    );
  });
});
