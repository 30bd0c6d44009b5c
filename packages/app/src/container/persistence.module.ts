import { decidePlacements, expireUnpaid } from '@rappit/domain';
import { sha256 } from '@rappit/identity';
import { openPersistence } from '@rappit/persistence';
import { wiring } from './provide.js';
import { tokens } from './tokens.js';

/** Everything that keeps things. The connections are opened once, and closed with the container. */
export const persistenceModule = wiring((provide) => {
  provide(
    tokens.persistence,
    [tokens.settings, tokens.ids, tokens.policy],
    ({ database, config }, ids, policy) =>
      openPersistence({
        ...database,
        poolSize: config.poolSize,
        digest: sha256,
        decide: decidePlacements({ ids, policy, paymentWindowMinutes: config.paymentWindowMinutes }),
        expire: (unitOfWork) => expireUnpaid({ unitOfWork, ids, policy }),
      }),
    (persistence) => persistence.close(),
  );
  provide(tokens.unitOfWork, [tokens.persistence], ({ unitOfWork }) => unitOfWork);
  provide(tokens.intake, [tokens.persistence], ({ intake }) => intake);
  provide(tokens.accounts, [tokens.persistence], ({ accounts }) => accounts);
  provide(tokens.accountRequests, [tokens.persistence], ({ accountRequests }) => accountRequests);
  provide(tokens.doors, [tokens.persistence], ({ doors }) => doors);
});
