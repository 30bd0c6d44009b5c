import { onPostgres } from './testing/postgres-backend.test-kit.js';
import { suites } from './testing/suites.test-kit.js';

describe('on PostgreSQL', () => {
  for (const suite of suites) suite(onPostgres);
});
