import { decidePlacements, fewestLocations, type Once, ok, tidyUp } from '@rappit/domain';
import { openTenant } from '../contracts/tenant-stage.js';
import { fakeClock, fakeIds, memoryPersistence, sha256 } from '../fakes/index.js';

const once: Once = {
  scope: 'POST /items',
  key: 'k1',
  fingerprint: 'f1',
  answer: () => ({ status: 201, body: '', resource: null }),
};

const HOUR = 3_600_000;

describe('tidying up', () => {
  it('leaves a session that is over, and a key that was claimed, for a day, and removes them then', async () => {
    const [ids, clock] = [fakeIds(), fakeClock()];
    const memory = memoryPersistence({ now: clock.now, decide: decidePlacements({ ids, policy: fewestLocations }) });
    const world = { ...memory, ids, digest: sha256, newOrganization: () => Promise.reject(new Error('not asked for')) };
    const { organization, admin, run, signIn } = await openTenant(world);
    const [open, over] = [await signIn(admin), await signIn(admin)];
    await run(({ sessions, now }) => sessions.end(over.session.id, now));
    const asked = () => memory.unitOfWork.run(organization.id, async () => ok(undefined), once);
    expect((await asked()).ok).toBe(true);
    const removed = tidyUp(memory);
    clock.advance(24 * HOUR - 1);
    expect(await removed(organization.id)).toBe(0);
    expect(await memory.accounts.placeOfToken(over.tokenHash)).toMatchObject({ sessionId: over.session.id });
    expect((await asked()).ok).toBe(false);
    clock.advance(2);
    expect(await removed(organization.id)).toBe(2);
    expect(await removed(organization.id)).toBe(0);
    expect(await memory.accounts.placeOfToken(over.tokenHash)).toBeUndefined();
    expect(await memory.accounts.placeOfToken(open.tokenHash)).toMatchObject({ sessionId: open.session.id });
  });
});
