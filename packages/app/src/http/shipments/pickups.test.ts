import { inMemoryBackend } from '../testing/backend.test-kit.js';
import { pickups } from '../testing/pickups.test-kit.js';

pickups(inMemoryBackend);
