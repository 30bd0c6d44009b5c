import type { Answer } from './client.test-kit.js';

/** Whether an answer is the one that was given before. */
export const wasReplayed = (answer: Answer): boolean => answer.headers.get('idempotent-replayed') === 'true';

export const order = (sku: string, quantity = 1) => ({ currency: 'EUR', lines: [{ sku, quantity }] });
