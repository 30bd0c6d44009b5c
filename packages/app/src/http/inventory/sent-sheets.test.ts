import { inMemoryBackend } from '../testing/backend.test-kit.js';
import { sentSheets } from '../testing/sent-sheets.test-kit.js';

sentSheets(inMemoryBackend);
