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
    return { find: (_organizationId, code) => Promise.resolve(simulated && simulated.code === code ? simulated : undefined) };
  });
});
