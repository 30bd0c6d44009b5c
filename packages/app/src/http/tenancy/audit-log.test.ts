import { auditLog } from '../testing/audit-log.test-kit.js';
import { inMemoryBackend } from '../testing/backend.test-kit.js';

auditLog(inMemoryBackend);
