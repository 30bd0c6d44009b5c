import { here, MUG, PLATE, there } from './inventory.test-kit.js';
import { chainText, type Movement, MovementId } from './movement.js';

const movement: Movement = {
  id: MovementId('m1'),
  kind: 'reserve',
  sku: MUG,
  locationId: here,
  onHandDelta: 0,
  reservedDelta: 3,
  onHandAfter: 10,
  reservedAfter: 3,
  reason: null,
  reference: { kind: 'order', id: 'o1' },
  actor: { kind: 'user', id: 'u1' },
  at: new Date('2026-03-01T12:00:00Z'),
};

const altered: { readonly [Field in keyof Movement]: Movement[Field] } = {
  id: MovementId('m2'),
  kind: 'release',
  sku: PLATE,
  locationId: there,
  onHandDelta: 1,
  reservedDelta: 4,
  onHandAfter: 11,
  reservedAfter: 4,
  reason: 'count',
  reference: null,
  actor: { kind: 'apiKey', id: 'u1' },
  at: new Date('2026-03-01T12:00:00.001Z'),
};

describe('chainText, the text that a movement is hashed by', () => {
  it('is the same for the same movement at the same place', () => {
    expect(chainText({ ...movement }, 1, '')).toBe(chainText(movement, 1, ''));
  });

  it.each(Object.entries(altered))('changes with %s', (field, value) => {
    expect(chainText({ ...movement, [field]: value }, 1, '')).not.toBe(chainText(movement, 1, ''));
  });

  it('changes with who or what is referred to, with the number and with the hash before', () => {
    const texts = [
      chainText(movement, 1, ''),
      chainText({ ...movement, reference: { kind: 'shipment', id: 'o1' } }, 1, ''),
      chainText({ ...movement, reference: { kind: 'order', id: 'o2' } }, 1, ''),
      chainText({ ...movement, actor: { kind: 'user', id: 'u2' } }, 1, ''),
      chainText(movement, 2, ''),
      chainText(movement, 1, 'abc'),
    ];
    expect(new Set(texts).size).toBe(texts.length);
  });

  it('cannot be made to look like another by texts that hold its punctuation', () => {
    const reason = { ...movement, reason: 'count", null' };
    expect(chainText(reason, 1, '')).not.toBe(chainText({ ...movement, reason: 'count' }, 1, ''));
  });
});
