import { inMemoryBackend } from '../testing/backend.test-kit.js';
import { csvExport } from '../testing/csv-export.test-kit.js';

csvExport(inMemoryBackend);
