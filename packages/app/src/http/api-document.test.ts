import { apiDocument } from './testing/api-document.test-kit.js';
import { inMemoryBackend } from './testing/backend.test-kit.js';

apiDocument(inMemoryBackend);
