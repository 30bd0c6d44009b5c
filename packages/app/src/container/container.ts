import 'reflect-metadata';
import { Container } from 'inversify';
import { billingModule } from './billing.module.js';
import { carriersModule } from './carriers.module.js';
import { channelsModule } from './channels.module.js';
import { identityModule } from './identity.module.js';
import { metricsModule } from './metrics.module.js';
import { ordersModule } from './orders.module.js';
import { outboundModule } from './outbound.module.js';
import { persistenceModule } from './persistence.module.js';
import type { Settings } from './settings.js';
import { type Token, tokens } from './tokens.js';

/** A wired Rappit. Each thing is made when it is first asked for; `close` closes what was opened. */
export type Wired = { readonly get: <Bound>(token: Token<Bound>) => Promise<Bound>; readonly close: () => Promise<void> };

/** What stands behind a token in place of what is usually wired. */
export type Swap = (container: Container) => void;

export const swap =
  <Bound>(token: Token<Bound>, value: Bound): Swap =>
  (container) => {
    container.rebind(token).toConstantValue(value);
  };

/** Wires everything; `swaps` puts other adapters behind ports, as a test may want to. */
export const wire = (settings: Settings, swaps: readonly Swap[] = []): Wired => {
  const container = new Container();
  container.bind(tokens.settings).toConstantValue(settings);
  container.load(
    identityModule,
    metricsModule,
    persistenceModule,
    carriersModule,
    channelsModule,
    billingModule,
    outboundModule,
    ordersModule,
  );
  for (const apply of swaps) apply(container);
  return { get: (token) => container.getAsync(token), close: () => container.unbindAllAsync() };
};
