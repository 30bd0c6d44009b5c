import { EVALUATED } from './hostile.test-kit.js';
import { judge } from './judging.test-kit.js';
import type { WireAnswer, WireRequest } from './wire.test-kit.js';

const request: WireRequest = { method: 'GET', path: '/api/v1/items/%27%20pg_sleep', headers: {}, body: null };
const sound = { type: 'urn:rappit:problem:sku.invalid', title: "This isn't a SKU.", status: 400, code: 'sku.invalid' };
const headers = {
  'content-type': 'application/problem+json; charset=utf-8',
  'x-request-id': '1',
  'x-content-type-options': 'nosniff',
};

const answer = (change: object = {}, more: Partial<WireAnswer> = {}): WireAnswer => ({
  ...{ status: 400, headers: new Headers(headers), text: JSON.stringify({ ...sound, ...change }), ms: 1 },
  ...more,
});

const judged = (one: WireAnswer, asked = request): string => {
  try {
    judge(asked, one, { documented: { check: () => undefined }, foreign: ['theirs@quokka.example'], slowestMs: 1_000 });
    return 'fine';
  } catch (error) {
    return (error as Error).message;
  }
};

it('takes a problem that says what was sent, and no more', () => {
  expect(judged(answer())).toBe('fine');
  expect(judged(answer({ detail: "' pg_sleep" }))).toBe('fine');
});

it.each([
  ['is our fault', answer({ status: 500 }, { status: 500 })],
  ['took 2000 ms', answer({}, { ms: 2_000 })],
  ['tells a stack', answer({ detail: 'at placeOrder (intake.ts:12:3)' })],
  ['tells a path of ours', answer({ detail: 'in /home/app/packages/domain' })],
  ['tells a statement', answer({ detail: 'select id from orders' })],
  ['tells words of the database', answer({ detail: 'null value violates not-null constraint' })],
  ['tells words of the runtime', answer({ detail: 'x is not a function' })],
  ['tells a sum that a template did', answer({ detail: EVALUATED }, { status: 400 })],
  ['tells a secret', answer({ detail: '$argon2id$v=19$' })],
  ['tells a secret', answer({ name: 'sealed:3:abc' }, { status: 200 })],
  ["tells what is another organization's", answer({ email: 'theirs@quokka.example' }, { status: 200 })],
  [
    'carries a header that the request smuggled in',
    answer({}, { headers: new Headers({ ...headers, 'set-cookie': 'smuggled=1' }) }),
  ],
  ['lacks the headers of every answer', answer({}, { headers: new Headers({ 'content-type': headers['content-type'] }) })],
  ['is no problem of ours', answer({ type: 'about:blank' })],
  ['is no problem of ours', answer({ status: 404 })],
  ['says more than a problem does', answer({ stack: [] })],
  ['is application/json', answer({}, { headers: new Headers({ ...headers, 'content-type': 'application/json' }) })],
])('notices an answer that %s', (what, given) => {
  expect(judged(given)).toContain(what);
});
