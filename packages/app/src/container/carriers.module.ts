import { behindBreaker } from '@rappit/resilience';
import { simulatedCarrier } from '@rappit/simulators/carrier';
import { wiring } from './provide.js';
import { tokens } from './tokens.js';

/** A label is some seconds' work; a carrier that takes longer than this has perhaps sold one (`carrier.unknown_outcome`). */
const DEADLINE_MS = 30_000;

/** The carriers, each behind its breaker. So far the simulated one, where there is one. */
export const carriersModule = wiring((provide) => {
  provide(tokens.carriers, [tokens.settings, tokens.meter], (settings, meter) => {
    const endpoint = settings.simulatedCarrier;
    const simulated =
      endpoint && behindBreaker(simulatedCarrier({ ...endpoint, deadlineMs: DEADLINE_MS }), { meter, account: 'installation' });
    return { find: (_organizationId, code) => Promise.resolve(simulated?.code === code ? simulated : undefined) };
  });
});
