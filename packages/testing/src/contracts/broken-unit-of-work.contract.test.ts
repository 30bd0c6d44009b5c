import {
  decidePlacements,
  err,
  fewestLocations,
  type OrganizationId,
  ok,
  type PlacementRequest,
  type Refusal,
  type Result,
} from '@rappit/domain';
import { type Broken, expectNoticed, soundWorld, withUnitOfWork } from './broken-world.test-kit.js';

const withIntake = (spoil: (requests: readonly PlacementRequest[]) => readonly PlacementRequest[]) => () => {
  const world = soundWorld();
  return {
    ...world,
    intake: { place: (id: OrganizationId, requests: readonly PlacementRequest[]) => world.intake.place(id, spoil(requests)) },
  };
};

const keyed = 'a unit of work under a key';
const apart = 'a store of many organizations';
const toldTwice = 'an intake of orders that are told twice';

const broken: readonly Broken[] = [
  [
    'writes what was refused',
    withUnitOfWork(({ run }) => ({
      run: async <Value, Refused extends Refusal>(id: OrganizationId, work: Parameters<typeof run<Value, Refused>>[1]) => {
        const outcomes: Result<Value, Refused>[] = [];
        await run(id, async (stores) => ok(outcomes.push(await work(stores))));
        return outcomes[0] ?? err({ code: 'store.conflict' as const });
      },
    })),
    'a unit of work',
    'has written nothing when it refused',
  ],
  [
    'makes an answer of an exception',
    withUnitOfWork(({ run }) => ({ run: (id, work, once) => run(id, work, once).catch(() => err({ code: 'store.conflict' })) })),
    'a unit of work',
    'has written nothing when it threw',
  ],
  [
    'lets readers write',
    withUnitOfWork(({ run, read }) => ({
      read: (id, work) =>
        read(id, work).catch(async () => {
          const written = await run(id, async (stores) => ok(await work(stores)));
          if (!written.ok) throw new Error(written.error.code);
          return written.value;
        }),
    })),
    'a unit of work',
    'writes nothing while it only reads',
  ],
  [
    'forgets keys',
    withUnitOfWork(({ run }) => ({ run: (id, work) => run(id, work) })),
    keyed,
    'answers a request that is made again',
  ],
  ['lets a second request wait', withUnitOfWork(({ run }) => ({ run: (id, work) => run(id, work) })), keyed, 'says at once'],
  [
    'ignores what the key was used for',
    withUnitOfWork(({ run }) => ({ run: (id, work, once) => run(id, work, once && { ...once, fingerprint: '' }) })),
    keyed,
    'refuses another request',
  ],
  [
    'mixes scopes up',
    withUnitOfWork(({ run }) => ({ run: (id, work, once) => run(id, work, once && { ...once, scope: '' }) })),
    keyed,
    'keeps keys apart',
  ],
  [
    'remembers a conflict',
    withUnitOfWork(({ run }) => {
      const conflicts = new Set<string>();
      return {
        run: async (id, work, once) => {
          if (once && conflicts.has(once.key)) return err({ code: 'store.conflict' });
          const answer = await run(id, work, once);
          if (once && !answer.ok && answer.error.code === 'store.conflict') conflicts.add(once.key);
          return answer;
        },
      };
    }),
    keyed,
    'forgets a request that came to nothing by a conflict',
  ],
  [
    'forgets whose unit of work it is',
    withUnitOfWork(({ run, read }) => {
      let first: OrganizationId | undefined;
      const always = (id: OrganizationId): OrganizationId => {
        first ??= id;
        return first;
      };
      return { run: (id, work, once) => run(always(id), work, once), read: (id, work) => read(always(id), work) };
    }),
    apart,
    'shows one organization nothing',
  ],
  [
    'reads for whoever wrote first',
    withUnitOfWork(({ run, read }) => {
      let first: OrganizationId | undefined;
      return {
        run: (id, work, once) => {
          first ??= id;
          return run(id, work, once);
        },
        read: (id, work) => read(first ?? id, work),
      };
    }),
    apart,
    'answers an organization that has never been heard of',
  ],
  [
    'numbers all orders alike',
    () =>
      soundWorld((ids) => (situation, requests) => {
        const numbers = situation.numbers.map(() => '1');
        return decidePlacements({ ids, policy: fewestLocations })({ ...situation, numbers }, requests);
      }),
    'an intake of orders',
    'places exactly as many of thirty orders in one batch',
  ],
  [
    'believes that there is twice as much as there is',
    () =>
      soundWorld((ids) => (situation, requests) => {
        const shelves = situation.shelves.map((shelf) => ({
          ...shelf,
          level: { ...shelf.level, onHand: shelf.level.onHand * 2 },
        }));
        return decidePlacements({ ids, policy: fewestLocations })({ ...situation, shelves }, requests);
      }),
    'an intake of orders',
    'never lets two lines of one SKU both win',
  ],
  [
    'forgets the keys of its intake',
    withIntake((requests) => requests.map(({ once, ...request }) => request)),
    toldTwice,
    'answers a request that is made again',
  ],
  [
    'makes the same order of two shops',
    withIntake((requests) =>
      requests.map((request) => {
        const { source } = request.draft;
        return source.kind === 'api'
          ? request
          : { ...request, draft: { ...request.draft, source: { ...source, channelId: 'one' } } };
      }),
    ),
    toldTwice,
    "keeps the shop's ids of several channels",
  ],
  [
    'opens the door to nobody',
    () => ({
      ...soundWorld(),
      door: {
        organizationsOfNumbers: async () => [],
        organizationsOfCustomer: async () => [],
        channelsOfShop: async () => [],
        channelById: async () => undefined,
        organizationOfConnection: async () => undefined,
        apiKeyByHash: async () => undefined,
        organizationOfInvitation: async () => undefined,
      },
    }),
    'a store of channels',
    'opens the door',
  ],
  [
    'opens the door to revoked keys',
    () => {
      const world = soundWorld();
      const known = new Map<string, Awaited<ReturnType<typeof world.door.apiKeyByHash>>>();
      const apiKeyByHash = async (hash: string) => {
        const found = await world.door.apiKeyByHash(hash);
        if (found) known.set(hash, found);
        return found ?? known.get(hash);
      };
      return { ...world, door: { ...world.door, apiKeyByHash } };
    },
    'a store of API keys',
    'opens the door',
  ],
];

describe('the suites notice a persistence that', () => {
  it.each(broken)('%s', async (_, make, suite, promise) => expectNoticed(make, suite, promise));
});
