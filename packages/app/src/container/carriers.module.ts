import { err, noTerms, ok } from '@rappit/domain';
import { behindBreaker, carrierBreakers } from '@rappit/resilience';
import { simulatedCarrier } from '@rappit/simulators/carrier';
import { wiring } from './provide.js';
import { tokens } from './tokens.js';

/** A label is some seconds' work; a carrier that takes longer than this has perhaps sold one (`carrier.unknown_outcome`). */
const DEADLINE_MS = 30_000;

/** The carriers, each account behind its own breaker. So far the simulated one, where there is one. */
export const carriersModule = wiring((provide) => {
  provide(
    tokens.breakers,
    [tokens.meter],
    (meter) => carrierBreakers({ meter }),
    (breakers) => breakers.close(),
  );
  provide(tokens.carriers, [tokens.settings, tokens.breakers], (settings, breakers) => {
    const endpoint = settings.simulatedCarrier;
    const simulated =
      endpoint &&
      behindBreaker(simulatedCarrier({ ...endpoint, deadlineMs: DEADLINE_MS }), { breakers, account: 'installation' });
    const known = (code: string) => (simulated && simulated.code === code ? simulated : undefined);
    return {
      choose: async (_, { carrier: code, accountId }) => {
        const carrier = known(code);
        if (!carrier) return err({ code: 'carrier.unknown' });
        return accountId === null ? ok({ carrier, accountId: null, terms: noTerms }) : err({ code: 'carrier_account.not_found' });
      },
      find: async (_, { carrier, accountId }) => (accountId === null ? known(carrier) : undefined),
    };
  });
});
