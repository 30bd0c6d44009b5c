import { inMemoryBackend } from '../testing/backend.test-kit.js';
import { imports } from '../testing/imports.test-kit.js';

imports(inMemoryBackend);
