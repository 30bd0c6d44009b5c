import { randomBytes } from 'node:crypto';
import { jwtAccessTokens, keyIdOf } from '@rappit/identity';
import fc from 'fast-check';
import type { MakeBackend } from '../backend.test-kit.js';
import { documentedBy, documentOf } from '../documented.test-kit.js';
import { ADDRESS, anotherSession, openScene, type Scene } from '../scene.test-kit.js';
import { type Texts, textsOf } from '../scene-texts.test-kit.js';
import { openWorld, PREFIX, type World } from '../world.test-kit.js';
import { judge } from './judging.test-kit.js';
import { filled, idsIn, placeholding } from './placeholders.test-kit.js';
import { requestsOf } from './requests-of-document.test-kit.js';
import { pastStandstills } from './standstill.test-kit.js';
import { asCurl, type WireAnswer, type WireRequest, wireTo } from './wire.test-kit.js';

export type FuzzOptions = { readonly requests: number; readonly seed: number };

/** What came of a run: answers by status, and how long they took. */
export type FuzzFigures = {
  readonly requests: number;
  readonly byStatus: Readonly<Record<string, number>>;
  readonly medianMs: number;
  readonly p99Ms: number;
  readonly slowestMs: number;
  readonly megabytesMore: number;
};

/** Old scenes get used up: orders are cancelled, items removed, sessions ended. */
const REQUESTS_A_SCENE = 400;
const SLOWEST_MS = 20_000;
const BYTES_A_MEGABYTE = 1_048_576;

/** Asks a server of its own so many questions that nobody should ask. Throws with the smallest one that was answered as none may be. */
export const fuzz = async (make: MakeBackend, { requests, seed }: FuzzOptions): Promise<FuzzFigures> => {
  const secret = randomBytes(32).toString('hex');
  const tokens = jwtAccessTokens({ keys: [{ kid: keyIdOf(secret), secret }], issuer: 'rappit', audience: 'rappit-api' });
  const world = await openWorld(make, { tokens });
  const wire = wireTo(world.port);
  try {
    const stage = await openStage(world);
    const before = await stage.theirState();
    const memory = process.memoryUsage().rss;
    const answers: WireAnswer[] = [];
    let smallest: WireRequest | undefined;
    const documented = documentedBy(documentOf(world.server));
    const outcome = await fc.check(
      fc.asyncProperty(requestsOf(documentOf(world.server), stage.placeholders), async (made) => {
        const request = await pastStandstills(() => stage.fill(made));
        try {
          const answer = await pastStandstills(() => wire.send(request));
          answers.push({ ...answer, text: '' });
          judge(request, answer, { documented, foreign: stage.foreign, slowestMs: SLOWEST_MS });
        } catch (error) {
          smallest = request;
          throw error;
        }
      }),
      { seed, numRuns: requests, maxSkipsPerRun: 0 },
    );
    if (outcome.failed) {
      const because = outcome.errorInstance instanceof Error ? outcome.errorInstance.message : String(outcome.errorInstance);
      const replay = smallest === undefined ? '' : asCurl(world.origin, smallest);
      throw new Error(
        [
          `seed ${seed}, path ${outcome.counterexamplePath}, after ${outcome.numShrinks} shrinks: ${because}`,
          replay,
          ...faultsIn(world),
        ].join('\n'),
      );
    }
    expect(await stage.theirState()).toEqual(before);
    return figures(answers, process.memoryUsage().rss - memory);
  } finally {
    wire.close();
    await world.close();
  }
};

/** What the server logged of what was its own fault. */
const faultsIn = (world: World): readonly string[] =>
  world
    .logged()
    .split('\n')
    .filter((line) => line.includes('"fault":'));

const figures = (answers: readonly WireAnswer[], bytesMore: number): FuzzFigures => {
  const times = answers.map(({ ms }) => ms).sort((a, b) => a - b);
  const at = (share: number): number => Math.round((times[Math.floor((times.length - 1) * share)] ?? 0) * 10) / 10;
  const byStatus: Record<string, number> = {};
  for (const { status } of answers) byStatus[status] = (byStatus[status] ?? 0) + 1;
  return {
    ...{ requests: answers.length, byStatus, medianMs: at(0.5), p99Ms: at(0.99), slowestMs: at(1) },
    megabytesMore: Math.round(bytesMore / BYTES_A_MEGABYTE),
  };
};

const theirLists = [
  ...['/orders?limit=100', '/items', '/inventory/levels', '/shipments', '/channels', '/locations'],
  ...['/organization', '/members', '/invitations', '/api-keys'],
];

/** Two organizations: `mine` asks and is replaced when it is used up, `theirs` must not notice anything. */
const openStage = async (world: World) => {
  const theirs = await openScene(world);
  const secrets = [...textsOf(theirs)].flatMap(([path, text]) => (path.includes('.') && text.length >= 12 ? [text] : []));
  await plant(theirs);
  let mine = await openScene(world);
  let asked = 0;
  const isAlive = async (scene: Scene): Promise<boolean> => (await scene.acts.ask('GET', '/auth/me')).status === 200;
  return {
    placeholders: { scene: placeholding(mine, 'mine'), ids: [...idsIn(mine, 'mine'), ...idsIn(theirs, 'theirs')] },
    foreign: [MARK, ...secrets],
    fill: async ({ method, path, headers, body }: WireRequest): Promise<WireRequest> => {
      asked += 1;
      if (asked % REQUESTS_A_SCENE === 0 || (asked % 10 === 0 && !(await isAlive(mine)))) mine = await openScene(world);
      const scenes: Readonly<Record<string, Texts>> = { mine: textsOf(mine), theirs: textsOf(theirs) };
      const fillAll = (values: Readonly<Record<string, string>>) =>
        Object.fromEntries(Object.entries(values).map(([name, value]) => [name, filled(value, scenes, (text) => text)]));
      return {
        method,
        path: `${filled(path, scenes, encodeURIComponent)}`,
        headers: fillAll(headers),
        body: typeof body === 'string' ? filled(body, scenes, (text) => JSON.stringify(text).slice(1, -1)) : body,
      };
    },
    theirState: async () => {
      const { token } = await anotherSession(world, theirs.account);
      const answers = await Promise.all(theirLists.map((path) => world.send('GET', `${PREFIX}${path}`, { token })));
      return answers.map(({ status, text }, index) => ({ path: theirLists[index], status, text }));
    },
  };
};

/** Stands in everything that another organization could be shown of theirs by mistake. */
const MARK = 'only-for-their-eyes';

const plant = async ({ acts, sku }: Scene): Promise<void> => {
  const address = { ...ADDRESS, name: MARK, lines: [MARK] };
  await acts.ask('PATCH', `/items/${sku}`, { name: MARK });
  await acts.post('/locations', { code: MARK, name: MARK, address });
  const order = await acts.place(sku, 1, { customer: { name: MARK }, shippingAddress: address, tags: [MARK] });
  await acts.post(`/orders/${order.id}/notes`, { text: MARK });
};
