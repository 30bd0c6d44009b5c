import { inMemoryBackend } from '../testing/backend.test-kit.js';
import { stockMoves } from '../testing/stock-moves.test-kit.js';

stockMoves(inMemoryBackend);
