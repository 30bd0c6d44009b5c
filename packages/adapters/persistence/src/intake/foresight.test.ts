import { LocationId, levelKey, OrganizationId, ok } from '@rappit/domain';
import { draftOf, requestOf, skuOf } from '../test-world.test-kit.js';
import type { Found } from './claim-and-lock.js';
import type { Batch, Outcome } from './decide-batch.js';
import { isAsExpected, makeForesight } from './foresight.js';
import { type ItemRow, toSituation } from './situation.js';

const US = OrganizationId('00000000-0000-4000-8000-000000000001');
const OTHERS = OrganizationId('00000000-0000-4000-8000-000000000002');
const SHELF = LocationId('00000000-0000-4000-8000-000000000003');
const NOW = new Date('2026-11-30T23:59:58.000Z');

const mug: ItemRow = {
  ...{ sku: skuOf('MUG'), name: 'A mug', components: null, low_stock_threshold: null, awaited: false, lapsed: false },
  ...{
    location_id: SHELF,
    on_hand: 9,
    reserved: 2,
    safety_stock: 1,
    priority: 1,
    active: true,
    last_number: 4,
    last_hash: 'four',
  },
};
const batchOf = (skus: readonly string[], organizationId = US): Batch => ({
  organizationId,
  requests: skus.map((sku) => requestOf(draftOf([[sku, 1]]))),
  heedLapsed: true,
});
const found = (row: Partial<ItemRow> = {}, more: Partial<Found> = {}): Found => {
  const rows = [{ ...mug, ...row } as ItemRow];
  const claims = { now: NOW, numbers: ['1001'], verdicts: [ok(undefined)], thisMonth: undefined };
  return { ...claims, rows, ...toSituation(rows, new Map()), ...more };
};
/** Nothing was taken, and the chain stands where it stood. */
const nothing = ({ chains }: Found): Outcome => ({ answers: [], write: undefined, tells: false, placements: [], chains });

const learned = (what = found()) => {
  const foresight = makeForesight();
  foresight.learn(batchOf(['MUG']), what, nothing(what));
  return foresight;
};
const expected = (): Found => learned().expect(batchOf(['MUG'])) ?? found({}, { numbers: [] });
const next = (row: Partial<ItemRow> = {}, more: Partial<Found> = {}): Found => found(row, { numbers: ['1002'], ...more });

describe('what a batch will find', () => {
  it('is what the last one left, under the next numbers', () => {
    expect(expected()).toEqual(next());
    expect(isAsExpected(expected(), next())).toBe(true);
  });

  it('has the end of the chain that the last one wrote', () => {
    const foresight = makeForesight();
    const key = levelKey({ sku: skuOf('MUG'), locationId: SHELF });
    foresight.learn(batchOf(['MUG']), found(), { ...nothing(found()), chains: new Map([[key, { number: 5, hash: 'five' }]]) });
    expect(foresight.expect(batchOf(['MUG']))?.chains.get(key)).toEqual({ number: 5, hash: 'five' });
  });

  it.each<[string, Batch]>([
    ['a SKU that no batch asked for', batchOf(['MUG', 'CUP'])],
    ['another organization', batchOf(['MUG'], OTHERS)],
  ])('is unknown of %s', (_, batch) => {
    expect(learned().expect(batch)).toBeUndefined();
  });

  it('is unknown of a kit, whose parts others take too', () => {
    const kit = found({ components: [{ sku: skuOf('CUP'), quantity: 2 }] });
    expect(learned(kit).expect(batchOf(['MUG']))).toBeUndefined();
  });

  it('is unknown where a month’s orders have to be counted and the last batch didn’t ask', () => {
    const limited: Batch = { ...batchOf(['MUG']), requests: [{ ...requestOf(draftOf([['MUG', 1]])), monthlyLimit: 50 }] };
    expect(learned().expect(limited)).toBeUndefined();
    expect(learned(found({}, { thisMonth: 7 })).expect(limited)?.thisMonth).toBe(7);
  });

  it.each<[string, Found]>([
    ['less on hand', next({ on_hand: 8 })],
    ['more reserved', next({ reserved: 3 })],
    ['another safety stock', next({ safety_stock: 0 })],
    ['a movement more', next({ last_number: 5 })],
    ['another chain', next({ last_hash: 'other' })],
    ['a location out of use', next({ active: false })],
    ['a location asked sooner', next({ priority: 0 })],
    ['another name', next({ name: 'A cup' })],
    ['another threshold', next({ low_stock_threshold: 3 })],
    ['a kit', next({ components: [] })],
    ['no level any more', next({ location_id: null } as Partial<ItemRow>)],
    ['one more level', next({}, { rows: [mug, { ...mug, location_id: LocationId(US) }] })],
    ['something that lapsed', next({}, { lapsed: [mug.sku] })],
    ['earlier orders that could get some', next({}, { items: next().items.map((item) => ({ ...item, waiting: 1 })) })],
    ['numbers drawn by somebody else', next({}, { numbers: ['1003'] })],
    ['a key that was used', next({}, { verdicts: [{ ok: false, error: { code: 'store.conflict' } }] })],
    ['another count of the month', next({}, { thisMonth: 8 })],
    ['a second later', next({}, { now: new Date(NOW.getTime() + 1_000) })],
    ['a clock that was set back', next({}, { now: new Date(NOW.getTime() - 1) })],
  ])('was foreseen wrongly if there is %s', (_, really) => {
    expect(isAsExpected(expected(), really)).toBe(false);
  });

  it('was foreseen wrongly in the month before', () => {
    const late = new Date('2026-11-30T23:59:59.999Z');
    const [was, is] = [found({}, { now: late }), found({}, { now: new Date('2026-12-01T00:00:00.000Z') })];
    expect(isAsExpected(was, found({}, { now: late }))).toBe(true);
    expect(isAsExpected(was, is)).toBe(false);
  });

  it('isn’t asked for a while after a surprise, and then again', () => {
    const foresight = learned();
    foresight.rest(US);
    const asked = Array.from({ length: 17 }, () => foresight.expect(batchOf(['MUG'])) !== undefined);
    expect(asked).toEqual([...Array.from({ length: 16 }, () => false), true]);
  });
});
