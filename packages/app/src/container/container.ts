import 'reflect-metadata';
import { Container } from 'inversify';
import { carriersModule } from './carriers.module.js';
import { identityModule } from './identity.module.js';
import { metricsModule } from './metrics.module.js';
import { ordersModule } from './orders.module.js';
import { outboundModule } from './outbound.module.js';
import { persistenceModule } from './persistence.module.js';
import type { Settings } from './settings.js';
import { type Token, tokens } from './tokens.js';

/** A wired Rappit. Each thing is made when it is first asked for; `close` closes what was opened. */
export type Wired = { readonly get: <Bound>(token: Token<Bound>) => Promise<Bound>; readonly close: () => Promise<void> };

export const wire = (settings: Settings): Wired => {
  const container = new Container();
  container.bind(tokens.settings).toConstantValue(settings);
  container.load(identityModule, metricsModule, persistenceModule, carriersModule, outboundModule, ordersModule);
  return { get: (token) => container.getAsync(token), close: () => container.unbindAllAsync() };
};
