import { type Carrier, carriersOfAccounts } from '@rappit/domain';
import { carrierBreakers } from '@rappit/resilience';
import { simulatedCarrier } from '@rappit/simulators/carrier';
import { type CarrierUrls, type Connector, carrierConnections, connectorsTo } from './carrier-connections.js';
import { wiring } from './provide.js';
import type { Settings } from './settings.js';
import { tokens } from './tokens.js';

/** A label is some seconds' work; a simulated carrier that takes longer than this has perhaps sold one (`carrier.unknown_outcome`). */
const DEADLINE_MS = 30_000;

const SIMULATED = 'simulated';

/** The carriers, on the organizations' accounts and on the installation's own, each account behind its own breaker. */
export const carriersModule = wiring((provide) => {
  provide(
    tokens.breakers,
    [tokens.meter, tokens.settings, tokens.accountForms],
    (meter, { config, simulatedCarrier: simulated }, forms) =>
      carrierBreakers({
        meter,
        limits: { coolDownMs: config.carrierCoolDownMs },
        carriers: [...forms.keys(), ...(simulated ? [SIMULATED] : [])],
      }),
    (breakers) => breakers.close(),
  );
  provide(tokens.connectors, [tokens.settings, tokens.guardedFetch], ({ config: { carriers } }, { send }) => {
    const urls: CarrierUrls = { dhl: carriers.dhl.baseUrl, fedex: carriers.fedex.baseUrl };
    return connectorsTo({ send, now: () => new Date(), urls });
  });
  provide(tokens.accountForms, [tokens.connectors], (connectors) => new Map(connectors.map(({ form }) => [form.carrier, form])));
  provide(
    tokens.carriers,
    [tokens.settings, tokens.breakers, tokens.connectors, tokens.unitOfWork, tokens.vault],
    (settings, breakers, connectors, unitOfWork, vault) => {
      const connections = carrierConnections({ connectors, breakers, own: ownOf(settings, connectors) });
      return carriersOfAccounts({ unitOfWork, vault, connections });
    },
  );
});

/** On the accounts that the environment has, and the simulated one where there is one. */
const ownOf = ({ config, simulatedCarrier: endpoint }: Settings, connectors: readonly Connector[]): readonly Carrier[] => {
  const configured = connectors.flatMap(({ form, connect }) => {
    const found = Object.entries(config.carriers).find(([code]) => code === form.carrier)?.[1].own;
    return found ? [connect({ ...found, labelFormat: null })] : [];
  });
  return endpoint ? [...configured, simulatedCarrier({ ...endpoint, deadlineMs: DEADLINE_MS })] : configured;
};
