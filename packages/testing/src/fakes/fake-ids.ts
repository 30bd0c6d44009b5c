import type { IdSource } from '@rappit/domain';

const MILLISECONDS = Date.parse('2026-01-05T09:00:00.000Z').toString(16).padStart(12, '0');

/**
 * Texts of the shape of UUIDv7 that count up, so that the same steps make the same ids and later ones sort later.
 * Two sources make the same ids: give one to everything that shares a store, or start each elsewhere.
 */
export const fakeIds = (start = 1): IdSource => {
  let count = start;
  return {
    next: () => {
      const tail = (count++).toString(16).padStart(12, '0');
      return `${MILLISECONDS.slice(0, 8)}-${MILLISECONDS.slice(8)}-7000-8000-${tail}`;
    },
  };
};
