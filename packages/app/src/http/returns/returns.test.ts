import { inMemoryBackend } from '../testing/backend.test-kit.js';
import { returns } from '../testing/returns.test-kit.js';

returns(inMemoryBackend);
