import { ACCESS_CHANGED, type Identity, inProcessSignals, type Member, OrganizationId, SessionId, UserId } from '@rappit/domain';
import { type RedisSignals, redisSignals } from '@rappit/limits';
import { startRedis } from '../../../test/redis.js';
import { rememberedMembership } from './remembered-membership.js';

const identity: Identity = {
  userId: UserId('019b0000-0000-7000-8000-000000000001'),
  organizationId: OrganizationId('019b0000-0000-7000-8000-000000000002'),
  sessionId: SessionId('019b0000-0000-7000-8000-000000000003'),
};
const member: Member = {
  user: { id: identity.userId, email: 'mina@quokka.example', name: 'Mina', language: 'en' },
  organization: { id: identity.organizationId, name: 'Teahouse', createdAt: new Date(0) },
  role: 'admin',
};

/** What several processes look up, and how often. */
const oneStore = () => {
  let role: Member['role'] | null = member.role;
  let asked = 0;
  return {
    asked: () => asked,
    change: (to: Member['role'] | null): void => {
      role = to;
    },
    membershipsOf: async () => [],
    membership: async () => {
      asked += 1;
      return role === null ? undefined : { ...member, role };
    },
  };
};

/** Nothing is forgotten by time here. */
const now = () => 0;

const otherUser = UserId('019b0000-0000-7000-8000-000000000009');

const changed = (userId: UserId) => ({ topic: ACCESS_CHANGED, key: userId });

describe('membership that is remembered', () => {
  it('shows at once, in this process, what was signalled, and is asked for once until then', async () => {
    const [store, signals] = [oneStore(), inProcessSignals()];
    const { membership } = rememberedMembership(store, { signals, now });
    expect([(await membership(identity))?.role, (await membership(identity))?.role, store.asked()]).toEqual([
      'admin',
      'admin',
      1,
    ]);
    store.change('operator');
    signals.publish(changed(otherUser));
    expect((await membership(identity))?.role).toBe('admin');
    signals.publish(changed(identity.userId));
    expect((await membership(identity))?.role).toBe('operator');
    store.change(null);
    signals.publish(changed(identity.userId));
    expect(await membership(identity)).toBeUndefined();
  });

  it('does not remember what was looked up before a change, and answered after it', async () => {
    const signals = inProcessSignals();
    let answer = (_member: Member): void => undefined;
    const slow = new Promise<Member>((resolve) => {
      answer = resolve;
    });
    const answers = [slow, Promise.resolve<Member>({ ...member, role: 'operator' })];
    const store = { ...oneStore(), membership: async () => answers.shift() };
    const { membership } = rememberedMembership(store, { signals, now });
    const early = membership(identity);
    signals.publish(changed(identity.userId));
    answer(member);
    expect((await early)?.role).toBe('admin');
    expect((await membership(identity))?.role).toBe('operator');
  });

  it('shows what another process has changed as soon as its signal has come', async () => {
    const redis = await startRedis();
    const open: RedisSignals[] = [];
    const store = oneStore();
    const aProcess = async () => {
      const signals = redisSignals(redis.url, () => undefined);
      open.push(signals);
      await signals.connected();
      return { signals, ...rememberedMembership(store, { signals, now }) };
    };
    const [here, there] = [await aProcess(), await aProcess()];
    expect((await there.membership(identity))?.role).toBe('admin');
    store.change('operator');
    expect((await there.membership(identity))?.role).toBe('admin');
    const heard = new Promise<string>((resolve) => there.signals.subscribe(ACCESS_CHANGED, resolve));
    here.signals.publish(changed(identity.userId));
    expect(await heard).toBe(identity.userId);
    expect((await there.membership(identity))?.role).toBe('operator');
    for (const signals of open) await signals.close();
    await redis.stop();
  });
});
