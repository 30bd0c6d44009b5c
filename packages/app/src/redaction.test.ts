import { pino } from 'pino';
import { redacted } from './redaction.js';

const logged = (fields: object): string => {
  const lines: string[] = [];
  pino({ formatters: { log: redacted } }, { write: (line) => void lines.push(line) }).info(fields, 'said');
  return lines.join('');
};

const SECRET = 'marker-of-a-secret';

describe('the log', () => {
  it.each([
    ['at the top', { password: SECRET }],
    ['in an object', { request: { headers: { authorization: `Bearer ${SECRET}`, cookie: SECRET } } }],
    ['in a list', { channels: [{ name: 'Shop', webhookSecret: SECRET, credentials: { user: SECRET } }] }],
    ['below everything', { a: { b: { c: { d: { e: { f: { g: { h: SECRET } } } } } } } }],
    ['as a number or a list', { token: [SECRET, SECRET] }],
  ])('blots out what is secret by its name, %s', (_, fields) => {
    const line = logged(fields);
    expect(line).not.toContain(SECRET);
    expect(line).toContain('[redacted]');
  });

  it('says of an error what may be said, and not its message, which may quote what somebody sent', () => {
    const error = Object.assign(new Error(`duplicate key: ${SECRET}`), { code: '23505' });
    const line = JSON.parse(logged({ fault: { cause: error } })) as { fault: { cause: object } };
    expect(line.fault.cause).toMatchObject({ name: 'Error', code: '23505' });
    expect(JSON.stringify(line)).not.toContain(SECRET);
  });

  it('leaves everything else as it is', () => {
    const fields = { organizationId: 'o1', ms: 3, ready: true, none: null, list: ['a', 1], nested: { route: '/items/:sku' } };
    expect(JSON.parse(logged(fields))).toMatchObject({ ...fields, msg: 'said', level: 30 });
  });
});
