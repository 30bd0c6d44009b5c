import { inMemoryBackend } from '../testing/backend.test-kit.js';
import { tokens } from '../testing/tokens.test-kit.js';

tokens(inMemoryBackend);
