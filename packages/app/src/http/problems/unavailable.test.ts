import { isAway, loggable } from './unavailable.js';

const failing = (facts: object): Error => Object.assign(new Error('Key (email)=(amira@quokka.example) already exists'), facts);

it.each([
  '08000',
  '08006',
  '53300',
  '57P01',
  '57P03',
  '57014',
  '25P03',
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
])('takes %s for a database that is away', (code) => {
  expect(isAway(failing({ code }))).toBe(true);
  expect(isAway(new Error('outer', { cause: failing({ code }) }))).toBe(true);
});

it.each(['23505', '22P02', '42601', '40001', 'ENOENT', 8006, undefined])('takes %p for a fault of ours', (code) => {
  expect(isAway(failing({ code }))).toBe(false);
});

it('knows an empty pool and a cut connection, which have no code', () => {
  expect(isAway(Object.assign(new Error('Knex: Timeout acquiring a connection.'), { name: 'KnexTimeoutError' }))).toBe(true);
  expect(isAway(new Error('Connection terminated unexpectedly'))).toBe(true);
  expect([isAway(null), isAway('ECONNREFUSED'), isAway(undefined)]).toEqual([false, false, false]);
});

it('knows a cut connection behind the statement that found it out, and no text of a user that reads like one', () => {
  for (const said of [
    'ROLLBACK - Client has encountered a connection error and is not queryable',
    `insert into items (name) values ('Mug - big') - Connection terminated unexpectedly`,
    'timeout exceeded when trying to connect',
  ])
    expect(isAway(new Error(said))).toBe(true);
  expect(
    isAway(new Error(`select 'Mug - Connection terminated' - invalid input syntax for type uuid: "Connection terminated"`)),
  ).toBe(false);
});

it('does not go round in circles after causes', () => {
  const circular = failing({});
  expect(isAway(Object.assign(circular, { cause: circular }))).toBe(false);
  expect(JSON.stringify(loggable(circular)).length).toBeLessThan(100_000);
});

it('logs where an error came from, and nothing that a driver quotes', () => {
  const logged = loggable(
    failing({
      code: '23505',
      constraint: 'users_email',
      table: 'users',
      detail: 'Key (email)',
      parameters: ['amira@quokka.example'],
    }),
  );
  expect(logged).toMatchObject({ name: 'Error', code: '23505', constraint: 'users_email', table: 'users' });
  expect(JSON.stringify(logged)).not.toMatch(/amira|Key/);
  expect(logged['frames']).toContainEqual(expect.stringContaining('unavailable.test'));
});

it('keeps the messages that are ours', () => {
  expect(loggable(new Error('bug: I1 would be broken'))).toMatchObject({ message: 'bug: I1 would be broken' });
  expect(loggable(new TypeError('x is not a function'))).toMatchObject({ message: 'x is not a function' });
  expect(loggable('thrown text')).toEqual({ name: 'string' });
});
