import { inMemoryBackend } from '../testing/backend.test-kit.js';
import { datedExport } from '../testing/dated-export.test-kit.js';

datedExport(inMemoryBackend);
