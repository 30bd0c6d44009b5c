import { type StripeFault, stripeBilling, stripeEventReader } from '@rappit/billing';
import { noBilling, readsNoBilling } from '@rappit/domain';
import { billingBehindBreaker } from '@rappit/resilience';
import type { Logger } from 'pino';
import { isLive } from '../billing-config.js';
import { wiring } from './provide.js';
import { tokens } from './tokens.js';

/** A key that isn't taken is an operator's to mend; everything else passes. */
const reporting =
  (logger: Pick<Logger, 'error' | 'warn'>) =>
  (fault: StripeFault): void => {
    if (fault.status === 401 || fault.status === 403) logger.error(fault, 'Stripe does not take our key: nobody can pay');
    else logger.warn(fault, 'Stripe did not answer');
  };

/** Who takes the merchants' money, behind its breaker. */
export const billingModule = wiring((provide) => {
  provide(
    tokens.billingBreaker,
    [tokens.settings, tokens.logger],
    ({ billing }, logger) => {
      if (billing === null) return null;
      const { secretKey, prices, server } = billing;
      return billingBehindBreaker(stripeBilling({ secretKey, prices, report: reporting(logger), ...(server && { server }) }));
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
