import { inMemoryBackend } from '../testing/backend.test-kit.js';
import { organization } from '../testing/organization.test-kit.js';

organization(inMemoryBackend);
