import { hash } from 'node:crypto';
import type { Digest } from '@rappit/domain';

export const sha256: Digest = (text) => hash('sha256', text);
