import { MAX_SKU_CHARACTERS, parseSku } from './sku.js';

describe('parseSku', () => {
  it.each([
    ['plain', 'TEE-BLACK-M', 'TEE-BLACK-M'],
    ['with blanks around it', '  TEE 1\t', 'TEE 1'],
    ['with blanks of other scripts around it', '\u00a0\u3000TEE\u2003', 'TEE'],
    ['written in parts', 'Cafe\u0301', 'Caf\u00e9'],
    ['with a slash, a percent sign and a quote', "A/B 100%'", "A/B 100%'"],
    ['of Arabic letters', 'قميص-٤٢', 'قميص-٤٢'],
    ['of emoji joined together', '👩‍👩‍👧 🧵', '👩‍👩‍👧 🧵'],
  ])('takes a text %s', (_, text, sku) => {
    expect(parseSku(text)).toEqual({ ok: true, value: sku });
  });

  it('keeps upper and lower case apart', () => {
    expect(parseSku('tee')).not.toEqual(parseSku('TEE'));
  });

  it('counts characters, not bytes and not halves of them', () => {
    for (const character of ['a', 'ق', '🧵']) {
      expect(parseSku(character.repeat(MAX_SKU_CHARACTERS))).toMatchObject({ ok: true });
      expect(parseSku(character.repeat(MAX_SKU_CHARACTERS + 1))).toEqual({ ok: false, error: { code: 'sku.invalid' } });
    }
  });

  it('counts after trimming and composing, so that a hundred letters with accents in parts are a hundred', () => {
    expect(parseSku(` ${'e\u0301'.repeat(MAX_SKU_CHARACTERS)} `)).toEqual({ ok: true, value: 'é'.repeat(MAX_SKU_CHARACTERS) });
  });

  it.each([
    ['nothing', ''],
    ['only blanks', ' \t\u00a0'],
    ['NUL', 'A\0B'],
    ['a line break', 'A\nB'],
    ['a tab inside', 'A\tB'],
    ['DEL', 'A\u007fB'],
    ['a C1 control character', 'A\u0085B'],
    ['half a surrogate pair', 'A\ud83eB'],
  ])('refuses %s', (_, text) => {
    expect(parseSku(text)).toEqual({ ok: false, error: { code: 'sku.invalid' } });
  });
});
