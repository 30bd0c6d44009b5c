import { stripeBilling, stripeEventReader } from '@rappit/billing';
import { noBilling, readsNoBilling } from '@rappit/domain';
import { billingBehindBreaker } from '@rappit/resilience';
import { isLive } from '../billing-config.js';
import { wiring } from './provide.js';
import { tokens } from './tokens.js';

/** Who takes the merchants' money, behind its breaker. */
export const billingModule = wiring((provide) => {
  provide(
    tokens.billingBreaker,
    [tokens.settings],
    ({ billing }) => {
      if (billing === null) return null;
      const { secretKey, prices, server } = billing;
      return billingBehindBreaker(stripeBilling({ secretKey, prices, ...(server && { server }) }));
    },
    (breaker) => breaker?.close(),
  );
  provide(tokens.billing, [tokens.settings, tokens.billingBreaker], ({ billing }, breaker) => ({
    provider: breaker?.provider ?? noBilling,
    read: billing
      ? stripeEventReader({ webhookSecrets: billing.webhookSecrets, livemode: isLive(billing.secretKey) })
      : readsNoBilling,
    limits: billing !== null,
  }));
});
