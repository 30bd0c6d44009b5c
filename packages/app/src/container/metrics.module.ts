import { promMeter } from '@rappit/metrics';
import { pino } from 'pino';
import { wiring } from './provide.js';
import { tokens } from './tokens.js';

/** How it is seen from outside. */
export const metricsModule = wiring((provide) => {
  provide(tokens.metrics, [], () => promMeter());
  provide(tokens.meter, [tokens.metrics], ({ meter }) => meter);
  provide(tokens.logger, [tokens.settings], ({ config }) => pino({ level: config.logLevel }));
});
