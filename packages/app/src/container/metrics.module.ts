import { promMeter } from '@rappit/metrics';
import { openLog } from '../logger.js';
import { wiring } from './provide.js';
import { tokens } from './tokens.js';

/** How it is seen from outside. */
export const metricsModule = wiring((provide) => {
  provide(tokens.metrics, [], () => promMeter());
  provide(tokens.meter, [tokens.metrics], ({ meter }) => meter);
  provide(
    tokens.log,
    [tokens.settings],
    ({ config }) => openLog(config.logLevel),
    (log) => log.close(),
  );
  provide(tokens.logger, [tokens.log], ({ logger }) => logger);
});
