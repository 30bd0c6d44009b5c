import {
  type Caller,
  type Channel,
  type ChannelKind,
  changeChannel,
  decidePlacements,
  disconnectChannel,
  fewestLocations,
  finishConnection,
  OrganizationId,
  ok,
  type Refusal,
  type Result,
  setUpShops,
  shopsOf,
  startConnection,
  tryChannel,
} from '@rappit/domain';
import {
  fakeClock,
  fakeIds,
  fakeSecretSource,
  fakeShopConnection,
  fakeVault,
  memoryPersistence,
  sha256,
} from '../fakes/index.js';

export const must = <Value>(result: Result<Value, Refusal>): Value => {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
};

export const DOMAIN = 'demo.myshopify.com';

/** Two replicas over one store and one clock, which may be moved; shops of both kinds. */
export const connectionScene = () => {
  const clock = fakeClock();
  const ids = fakeIds();
  const memory = memoryPersistence({ now: clock.now, decide: decidePlacements({ ids, policy: fewestLocations }) });
  const connections = {
    shopify: fakeShopConnection('shopify', { now: clock.now, appSecrets: ['wombat of the app'] }),
    woocommerce: fakeShopConnection('woocommerce', { now: clock.now, lifetimeMinutes: null }),
  };
  const caller: Caller = { organizationId: OrganizationId(ids.next()), actor: { kind: 'user', id: ids.next(), name: 'Mina' } };
  const pauses: number[] = [];
  const shared = {
    ...memory,
    ids,
    vault: fakeVault,
    secrets: fakeSecretSource(),
    digest: sha256,
    connections,
    pause: async (ms: number) => {
      pauses.push(ms);
      // Whoever waits lets the others go on.
      await new Promise((resolve) => setImmediate(resolve));
    },
    addressOf: ({ kind, id }: Pick<Channel, 'kind' | 'id'>) => `https://hub.example.com/${kind}/${id}`,
  };
  const replica = () => ({ ...shared, shops: shopsOf(shared) });
  const [one, other] = [replica(), replica()];
  const finish = finishConnection(shared);
  /** Connects the shop by its owner's consent. */
  const connect = async (kind: ChannelKind = 'shopify', shop = kind === 'shopify' ? DOMAIN : 'store.example.com') => {
    const way = must(await startConnection(shared)(caller, { kind, shop, name: null }));
    const state = new URL(way.url).searchParams.get('state');
    const { channel } = must(await finish({ kind, brought: { state, code: 'yes' }, browserSecret: way.browserSecret }));
    return channel;
  };
  const read = memory.unitOfWork.read;
  return {
    clock,
    memory,
    caller,
    connections,
    pauses,
    one,
    other,
    start: startConnection(shared),
    finish,
    connect,
    change: changeChannel(one),
    tryIt: tryChannel(one),
    disconnect: disconnectChannel(one),
    setUp: setUpShops(one),
    find: async ({ id }: Pick<Channel, 'id'>) => read(caller.organizationId, ({ channels }) => channels.find(id)),
    credentials: ({ id }: Pick<Channel, 'id'>) =>
      read(caller.organizationId, ({ channelAccess }) => channelAccess.credentialsOf(id)),
    audit: async () =>
      (await read(caller.organizationId, ({ audit }) => audit.list({ limit: 100 }, {}))).data.map(({ kind }) => kind),
    save: (channel: Channel) =>
      memory.unitOfWork.run(caller.organizationId, async ({ channels }) => ok(await channels.save(channel))),
  };
};
