import type { Documented } from '../documented.test-kit.js';
import { SECRET } from '../scene.test-kit.js';
import { PASSWORD } from '../world.test-kit.js';
import { EVALUATED } from './hostile.test-kit.js';
import type { WireAnswer, WireRequest } from './wire.test-kit.js';

/** What no refusal may say. What stood in the request doesn't count: it may be named as the field that is wrong. */
const leaks: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['a stack', /\n\s+at |\bat [\w.<>]+ \(|\.[cm]?[jt]s:\d+/],
  ['a path of ours', /node_modules|\/packages\/|\/dist\/|\/tmp\/|\/root\/|\/home\/|\/usr\//],
  ['a statement', /\b(?:select .+ from|insert into|update \w+ set|delete from)\b/i],
  [
    'words of the database',
    /violates|pg_|syntax error|relation "|column "|duplicate key|invalid input|deadlock|knex|sqlstate|postgres/i,
  ],
  [
    'words of the runtime',
    /TypeError|RangeError|ReferenceError|is not a function|cannot read|unexpected token|\bECONN(RESET|REFUSED|ABORTED)\b|ENOTFOUND|fastify/i,
  ],
];
/** What no answer may say, whatever was asked. */
const secrets: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['a secret', new RegExp(`${SECRET}|${PASSWORD}|\\$argon2|sealed:`)],
  ['a sum that a template did', new RegExp(EVALUATED)],
];

export type Judge = {
  readonly documented: Documented;
  /** Texts of somebody else that the asker must never see, and never sends. */
  readonly foreign: readonly string[];
  readonly slowestMs: number;
};

/**
 * Throws where an answer is not one that a client may be given.
 * Headers that are too large are answered before it is known what is asked: a problem, and no part of the document.
 */
export const judge = (request: WireRequest, answer: WireAnswer, { documented, foreign, slowestMs }: Judge): void => {
  const { status, headers, text, ms } = answer;
  const sent = sentIn(request);
  const fail = (what: string): never => {
    throw new Error(`${status} ${what}: ${text.slice(0, 500)}`);
  };
  if (status >= 500) fail('is our fault');
  if (ms > slowestMs) fail(`took ${Math.round(ms)} ms`);
  if (status === 431) {
    checkProblem(answer, fail);
    return;
  }
  documented.check(request.method, request.path, answer);
  if (!headers.has('x-request-id') || headers.get('x-content-type-options') !== 'nosniff')
    fail('lacks the headers of every answer');
  if (headers.get('set-cookie')?.includes('smuggled') || headers.has('smuggled'))
    fail('carries a header that the request smuggled in');
  for (const [what, pattern] of status < 400 ? secrets : [...secrets, ...leaks]) {
    const found = pattern.exec(text)?.[0];
    if (found !== undefined && !sent.includes(found)) fail(`tells ${what}`);
  }
  const theirs = foreign.find((mark) => text.includes(mark) && !sent.includes(mark));
  if (theirs !== undefined) fail(`tells what is another organization's (${theirs})`);
  if (status >= 400 && request.method !== 'HEAD') checkProblem(answer, fail);
};

const checkProblem = ({ status, headers, text }: WireAnswer, fail: (what: string) => never): void => {
  if (headers.get('content-type') !== 'application/problem+json; charset=utf-8') fail(`is ${headers.get('content-type')}`);
  const problem = JSON.parse(text) as Readonly<Record<string, unknown>>;
  const wanted = { type: `urn:rappit:problem:${String(problem['code'])}`, status };
  if (problem['type'] !== wanted.type || problem['status'] !== wanted.status || typeof problem['title'] !== 'string')
    fail('is no problem of ours');
  if (['instance', 'stack', 'message', 'error'].some((member) => member in problem)) fail('says more than a problem does');
};

/** Everything that was sent, as it was written and as it was meant. */
const sentIn = ({ path, headers, body }: WireRequest): string => {
  const text = typeof body === 'string' ? body : Buffer.from(body ?? []).toString('utf8');
  return [path, decoded(path), ...Object.values(headers), text, unescaped(text)].join('\n');
};

const decoded = (path: string): string =>
  path.replace(/(?:%[0-9a-f]{2})+/gi, (bytes) => Buffer.from(bytes.replaceAll('%', ''), 'hex').toString());
const unescaped = (text: string): string =>
  text
    .replace(/\\(["\\/])/g, '$1')
    .replace(/\\u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
