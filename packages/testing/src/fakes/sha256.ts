import { createHash } from 'node:crypto';
import type { Digest } from '@rappit/domain';

/** The kernel's digest, by Node's own implementation. */
export const sha256: Digest = (text) => createHash('sha256').update(text, 'utf8').digest('hex');
