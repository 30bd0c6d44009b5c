import { headersOf, isRefusalCode, problemOf, statusOf } from './problem.js';
import { titleOf } from './problem-titles.js';
import type { AnyRefusal, RefusalCode } from './refusals.js';

const codes = Object.keys(statusOf) as RefusalCode[];

it('gives every refusal a status of 400 and above, a title of one or more sentences, and a code of noun and reason', () => {
  for (const code of codes) {
    expect({ code, refused: statusOf[code] >= 400 && statusOf[code] < 600 }).toEqual({ code, refused: true });
    expect(titleOf[code]).toMatch(/^[A-Z].*\.$/);
    expect(code).toMatch(/^[a-z]+(?:_[a-z]+)*\.[a-z_]+$/);
  }
  expect(Object.keys(titleOf).toSorted()).toEqual(codes.toSorted());
});

it('is a problem document without an instance', () => {
  expect(problemOf({ code: 'order.not_found' })).toEqual({
    type: 'urn:rappit:problem:order.not_found',
    title: 'There is no such order.',
    status: 404,
    code: 'order.not_found',
  });
});

it('shows the facts that are named, and no others', () => {
  const refusal = {
    code: 'order.invalid_transition',
    status: 'shipped',
    action: 'cancel',
    orderId: 'not to be shown',
  } as AnyRefusal;
  expect(problemOf(refusal)).toMatchObject({ status: 409, orderStatus: 'shipped', action: 'cancel' });
  expect(JSON.stringify(problemOf(refusal))).not.toContain('not to be shown');
});

it('tells when to come back and how to sign in', () => {
  expect(headersOf({ code: 'server.unavailable' })).toEqual({ 'retry-after': '5' });
  expect(headersOf({ code: 'token.invalid' })).toEqual({ 'www-authenticate': 'Bearer realm="rappit"' });
  expect(headersOf({ code: 'route.method_not_allowed', allowed: ['GET', 'POST'] })).toEqual({ allow: 'GET, POST' });
  expect(headersOf({ code: 'order.not_found' })).toEqual({});
});

it('knows the codes that it was given, and none that an object has anyway', () => {
  expect([isRefusalCode('order.not_found'), isRefusalCode('order.lost'), isRefusalCode('toString')]).toEqual([
    true,
    false,
    false,
  ]);
});
