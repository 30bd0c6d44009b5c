import { csvLine, shielded, unshielded } from './csv-text.js';

describe('a row of CSV', () => {
  it('is written as RFC 4180 has it, with quotes only where they are needed', () => {
    expect(csvLine(['MUG', 'Mug, "blue"', 400, null, 'two\nlines', ' edge ', 0])).toBe(
      'MUG,"Mug, ""blue""",400,,"two\nlines"," edge ",0\r\n',
    );
  });

  it('quotes what another country would take for a separator', () => {
    expect(csvLine(['a;b', 'a\tb'])).toBe('"a;b","a\tb"\r\n');
  });

  it.each(['=1+1', '+49', '-5', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1', '＋1', '－1', '＠1', "'=1", "''-1"])(
    'shows %j instead of calculating it, and reads it back',
    (text) => {
      expect(shielded(text)).toBe(`'${text}`);
      expect(unshielded(shielded(text))).toBe(text);
    },
  );

  it.each(['', 'MUG', "'", "it's", "'tis", 'a=b', '1,000', '😀'])('leaves %j as it is', (text) => {
    expect([shielded(text), unshielded(text)]).toEqual([text, text]);
  });

  it('reads what a person shielded by hand', () => {
    expect(unshielded("'-A1")).toBe('-A1');
  });
});
