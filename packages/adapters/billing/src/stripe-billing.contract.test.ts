import { startStripeSimulator } from '@rappit/simulators/stripe';
import { billingContract, runContract } from '@rappit/testing/contracts';
import { fakeIds } from '@rappit/testing/fakes';
import { stripeBilling } from './index.js';
import { prices } from './stripe.test-kit.js';

/** Stripe's own library, talking over the loopback to a Stripe that keeps books. */
let simulator: Awaited<ReturnType<typeof startStripeSimulator>>;
beforeAll(async () => {
  simulator = await startStripeSimulator({ webhookSecret: 'whsec_SECRET', prices: Object.values(prices) });
});
afterAll(() => simulator.close());

// One simulator serves all cases, so ids go on rising.
const ids = fakeIds();

runContract({ describe, it }, 'stripeBilling', {
  cases: billingContract,
  make: () => {
    simulator.mend();
    return {
      provider: stripeBilling({ secretKey: 'sk_test_SECRET', prices, server: simulator.server }),
      ids,
      now: async () => simulator.now(),
      pay: async (url) => simulator.pay(url),
      giveUp: async (customerId) => simulator.giveUp(customerId),
      breakDown: async () => simulator.breakDown(),
      mend: async () => simulator.mend(),
    };
  },
});
