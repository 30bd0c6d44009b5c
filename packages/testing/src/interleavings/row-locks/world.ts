import { decidePlacements, expireUnpaid, fewestLocations, OrganizationId } from '@rappit/domain';
import { fakeClock } from '../../fakes/fake-clock.js';
import { fakeIds } from '../../fakes/fake-ids.js';
import { sha256 } from '../../fakes/sha256.js';
import type { World } from '../scopes/world.js';
import { gatedIntake } from './intake.js';
import { openDatabase, type Rules, soundRules } from './transaction.js';
import { gatedUnitOfWork } from './unit-of-work.js';

/** Ids of one caller of `ports` lie before those of the next. */
const IDS_EACH = 0x10000;

/** An organization in a database with row locks and READ COMMITTED, in memory: what our statements do on PostgreSQL, call by call. */
export const rowLockWorld = (rules: Rules = soundRules): World => {
  const clock = fakeClock();
  const database = openDatabase({ rules, digest: sha256, now: clock.now });
  let callers = 0;
  return {
    organizationId: OrganizationId('01890000-0000-7000-8000-000000000001'),
    digest: sha256,
    advance: clock.advance,
    ports: (gate) => {
      callers += 1;
      const ids = fakeIds(callers * IDS_EACH);
      const decide = decidePlacements({ ids, policy: fewestLocations });
      const unitOfWork = gatedUnitOfWork(database, gate);
      const expire = expireUnpaid({ unitOfWork, ids, policy: fewestLocations });
      return { unitOfWork, intake: gatedIntake({ database, gate, decide, expire }), ids };
    },
  };
};
