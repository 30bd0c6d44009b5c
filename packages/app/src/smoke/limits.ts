import { randomUUID } from 'node:crypto';
import { type Answered, type Api, apiOf } from '../calling/api-caller.js';
import type { SmokeAsked, Told } from './told.js';

const RAPID = 10;

/**
 * Ten rapid requests are counted, each by its headers, or refused. With `untilRefused` ten sign-ins of nobody are, until they are
 * refused: then whoever comes from this address can't sign in for as long as the answer says.
 */
export const limitsTest = (api: Api, { baseUrl, untilRefused }: SmokeAsked): Promise<Told<true>> =>
  untilRefused ? refusedTest(baseUrl) : countedTest(api);

const rapidly = (ask: () => Promise<Answered<unknown>>): Promise<readonly Answered<unknown>[]> =>
  Promise.all(Array.from({ length: RAPID }, ask));

const countedTest = async (api: Api): Promise<Told<true>> => {
  const answers = await rapidly(() => api.ask('GET', '/organization'));
  const bare = answers.filter(({ headers }) => headers.get('x-ratelimit-limit') === null || headers.get('ratelimit') === null);
  if (bare.length > 0) throw new Error(`${bare.length} of ${RAPID} answers say nothing of a limit`);
  const left = answers.map(({ headers }) => Number(headers.get('x-ratelimit-remaining')));
  const most = Math.max(...left);
  const least = Math.min(...left);
  if (most === least && !answers.some(({ status }) => status === 429)) throw new Error(`${RAPID} requests were not counted`);
  return { says: `${RAPID} rapid requests were counted: ${most} to ${least} are left`, value: true };
};

const refusedTest = async (baseUrl: string): Promise<Told<true>> => {
  const email = `${randomUUID()}@smoke-test.invalid`;
  const answers = await rapidly(() => apiOf(baseUrl, '').ask('POST', '/auth/login', { email, password: randomUUID() }));
  const refused = answers.filter(({ status }) => status === 429);
  const [first] = refused;
  if (!first)
    throw new Error(`none of ${RAPID} rapid sign-ins was refused with 429: ${answers.map(({ status }) => status).join(', ')}`);
  const again = first.headers.get('retry-after');
  if (again === null) throw new Error('a refusal with 429 says nothing of when to come back');
  return { says: `${refused.length} of ${RAPID} rapid sign-ins were refused with 429, for ${again} seconds`, value: true };
};
