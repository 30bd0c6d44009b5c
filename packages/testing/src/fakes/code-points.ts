/** A surrogate stands for a character beyond U+FFFF, so it sorts after every other unit. */
const rank = (unit: number): number => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit);

/**
 * Orders texts by code point, which is the order of their UTF-8 bytes and of a database's "C" collation.
 * JavaScript's own order goes by UTF-16 unit, and would put U+1F600 before U+FF21.
 */
export const byCodePoint = (a: string, b: string): number => {
  const shorter = Math.min(a.length, b.length);
  for (let at = 0; at < shorter; at += 1) {
    const difference = rank(a.charCodeAt(at)) - rank(b.charCodeAt(at));
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
};
