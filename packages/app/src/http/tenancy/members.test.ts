import { inMemoryBackend } from '../testing/backend.test-kit.js';
import { members } from '../testing/members.test-kit.js';

members(inMemoryBackend);
