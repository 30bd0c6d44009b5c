import { digestVectors } from '@rappit/domain';
import { sha256 } from './sha256.js';

it.each(digestVectors)('keeps the test vector for %j', (text, hex) => {
  expect(sha256(text)).toBe(hex);
});
