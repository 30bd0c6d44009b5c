import { onCountedPostgres } from './testing/postgres-backend.test-kit.js';
import { securitySuites } from './testing/suites.test-kit.js';

describe('on PostgreSQL, where statements are counted', () => {
  for (const suite of securitySuites) suite(onCountedPostgres);
});
