import { isTransient } from './sqlstate.js';

const ATTEMPTS = 4;

/** Runs a transaction again from its start after a deadlock or a serialization failure, a bounded number of times. */
export const retrying = async <Value>(transaction: () => Promise<Value>): Promise<Value> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transaction();
    } catch (error) {
      if (attempt === ATTEMPTS || !isTransient(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 5 * 2 ** attempt));
    }
  }
};
