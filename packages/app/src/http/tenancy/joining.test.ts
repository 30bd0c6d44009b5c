import { inMemoryBackend } from '../testing/backend.test-kit.js';
import { joining } from '../testing/joining.test-kit.js';

joining(inMemoryBackend);
