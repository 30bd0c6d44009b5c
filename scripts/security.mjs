/**
 * Everything that says who gets in and who sees what, as one command: npm run test:e2e:security.
 * docs/security.md says which promise each of them keeps. A file that belongs here and isn't named is run by `npm test` all the same.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './packages.mjs';

const files = [
  // Who gets in, and who may do what: every route, role and key.
  ...[
    'access',
    'route-table',
    'tokens',
    'sessions',
    'passwords',
    'enumeration',
    'invitations',
    'joining',
    'members',
    'organization',
  ],
  ...['api-keys', 'recognised-keys', 'short-memory', 'last-admin', 'accepted-meanwhile', 'audit-log'],
  // Nobody sees another's: over HTTP, and below it.
  ...['security', 'isolation', 'guessing', 'every-tenant-table', 'filters-alone', 'working-roles'],
  // What is sent to us.
  ...['injection', 'bad-input', 'strict-json', 'hardening', 'csv-text', 'fuzz', 'judging', 'standstill'],
  // What is kept secret.
  ...['rotate-keys', 'credential-keys', 'redaction', 'last-words', 'secrets', 'leaks', 'fixtures', 'mail', 'production'],
  // Whom we call.
  'outbound\\.module',
];
const whole = ['adapters/identity/', 'adapters/outbound/', 'tenancy/permissions'];

const { status } = spawnSync(
  join(root, 'node_modules/.bin/jest'),
  ['--testPathPatterns', `/(${files.join('|')})(\\.[\\w-]+)*\\.test\\.ts$`, ...whole],
  { cwd: root, stdio: 'inherit' },
);
process.exitCode = status ?? 1;
