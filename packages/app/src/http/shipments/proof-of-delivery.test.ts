import { inMemoryBackend } from '../testing/backend.test-kit.js';
import { proofOfDelivery } from '../testing/proof-of-delivery.test-kit.js';

proofOfDelivery(inMemoryBackend);
