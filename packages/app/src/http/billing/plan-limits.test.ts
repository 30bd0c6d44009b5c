import { inMemoryBackend } from '../testing/backend.test-kit.js';
import { planLimits } from '../testing/plan-limits.test-kit.js';

planLimits(inMemoryBackend);
