import { inMemoryBackend } from '../testing/backend.test-kit.js';
import { carrierAccounts } from '../testing/carrier-accounts.test-kit.js';

carrierAccounts(inMemoryBackend);
