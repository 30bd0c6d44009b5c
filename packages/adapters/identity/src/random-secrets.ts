import { randomBytes } from 'node:crypto';
import type { SecretSource } from '@rappit/domain';

/** From the operating system's source of randomness. */
export const randomSecrets: SecretSource = { next: () => randomBytes(32).toString('base64url') };
