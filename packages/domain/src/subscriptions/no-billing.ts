import { err } from '../kernel/index.js';
import type { BillingEventReader } from './billing-event.port.js';
import type { BillingProvider } from './billing-provider.port.js';

const away = async () => err({ code: 'billing.unavailable' as const });

/** The provider of an installation that sells nothing: it is never reached, and nothing is believed that somebody says in its name. */
export const noBilling: BillingProvider = {
  customerOf: away,
  subscriptionsOf: away,
  checkout: away,
  portal: away,
  changePlan: away,
  cancelAtPeriodEnd: away,
  resume: away,
  endStopped: away,
  invoicesOf: away,
};

export const readsNoBilling: BillingEventReader = () => err({ code: 'billing_event.refused', reason: 'signature' });
