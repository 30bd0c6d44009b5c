import { inMemoryBackend } from '../testing/backend.test-kit.js';
import { stockImports } from '../testing/stock-imports.test-kit.js';

stockImports(inMemoryBackend);
