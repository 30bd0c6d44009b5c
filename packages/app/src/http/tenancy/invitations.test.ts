import { inMemoryBackend } from '../testing/backend.test-kit.js';
import { invitations } from '../testing/invitations.test-kit.js';

invitations(inMemoryBackend);
