import type { RouteEntry } from '../route-table.js';
import type { Answer } from './client.test-kit.js';
import type { World } from './world.test-kit.js';

export const NOBODYS = '019b0000-0000-7000-8000-00000000dead';
export const NO_SKU = 'NO-SUCH-SKU';

/** Headers whose numbers say how often their reader has asked. Which limits counted is to be alike all the same. */
const counting = ['ratelimit', 'x-ratelimit-remaining', 'x-ratelimit-reset'];

/** What two answers have to have in common, so that nobody can tell them apart: all but the date and the request's id. */
export const visible = ({ status, headers, text }: Answer) => ({
  status,
  text,
  headers: [...headers]
    .filter(([name]) => name !== 'date' && name !== 'x-request-id')
    .map(([name, value]) => [name, counting.includes(name) ? value.replaceAll(/\d+/g, 'n') : value]),
});

/** What can be seen of an answer: what it says, and how much work it was. */
export const costing = async ({ statements }: Pick<World, 'statements'>, ask: () => Promise<Answer>) => {
  const before = statements();
  const answer = visible(await ask());
  return { ...answer, statements: statements() - before };
};

export const withParameters = (table: readonly RouteEntry[]): readonly RouteEntry[] =>
  table.filter(({ parameters }) => parameters.length > 0);

/** The value of each name in a path, as nobody has it. */
export const unknownFor = (parameters: readonly string[], url: string): Readonly<Record<string, string>> =>
  Object.fromEntries(parameters.map((name) => [name, nobodys(name, url)]));

const nobodys = (name: string, url: string): string => {
  if (name === 'sku') return NO_SKU;
  if (name === 'id' || name === 'channelId') return NOBODYS;
  if (name === 'number') return '1';
  throw new Error(`:${name} of ${url} is new to the isolation test: say what nobody's is`);
};
