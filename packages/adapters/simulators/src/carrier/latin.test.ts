import { latin } from './latin.js';

describe('latin', () => {
  it.each([
    ['Zoë Müller-Große', 'Zoë Müller-Große'],
    ['Łukasz Řehoř', 'Lukasz Rehor'],
    ['李雷', 'Li Lei'],
    ['Владимир', 'Vladimir'],
    ['서울 東京', 'seoul Dong Jing'],
    ['محمد', 'mHmd'],
    ['Ana 😀 Sousa', 'Ana Sousa'],
    ['Jose\u0301', 'José'],
    ['one\ntwo\u0000\u202ethree', 'one two three'],
  ])('writes %s as %s', (text, written) => {
    expect(latin(text)).toBe(written);
  });

  it.each(['😀', '', '\ud800', '\u200d'])('writes something even when nothing can be written', (text) => {
    expect(latin(text)).toBe('?');
  });
});
