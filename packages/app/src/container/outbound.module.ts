import { alsoNearby, guardedFetch, systemNames } from '@rappit/outbound/guarded';
import { wiring } from './provide.js';
import { tokens } from './tokens.js';

/** Where strangers can sign up, only public addresses are called, and over TLS; on a developer's machine also what listens there. */
export const outboundModule = wiring((provide) => {
  provide(tokens.guardedFetch, [tokens.settings], ({ config: { environment } }) =>
    environment === 'production' || environment === 'staging'
      ? guardedFetch()
      : guardedFetch({ policy: alsoNearby, names: systemNames }),
  );
});
