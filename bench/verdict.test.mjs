import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rowText, words } from './table.mjs';
import { honesty, judge, judgeLatency, judgeLimits, median, percentile, summarize } from './verdict.mjs';

const figures = (perSecond, p99 = 10) => ({ perSecond, p50: 1, p99, cpu: { server: 100, postgres: 100, generator: 30 } });

/** Rounds of the hot SKU; each part of them may be given as a number of orders a second, or as figures. */
const measured = (parts, clients = 100) => {
  const round = { a: 1_000, b: 5_000, c: 3_000, one: 10_000, again: 1_000, ...parts };
  const entries = Object.entries(round).map(([name, part]) => [name, typeof part === 'number' ? figures(part) : part]);
  return { load: 'hot', clients, rounds: [Object.fromEntries(entries)] };
};

test('the median of an even count lies between the two in the middle', () => {
  assert.equal(median([9, 1, 2]), 2);
  assert.equal(median([9, 1, 2, 4]), 3);
});

test('the 99th percentile of a hundred is exceeded by none of 99', () => {
  assert.equal(
    percentile(
      Array.from({ length: 100 }, (_, index) => index + 1),
      0.99,
    ),
    100,
  );
  assert.equal(percentile([7], 0.99), 7);
  assert.ok(Number.isNaN(percentile([], 0.5)));
});

test('ratios are taken within a round, against the mean of both times (a) was driven', () => {
  const one = measured({ a: 900, again: 1_100, c: 3_000, b: 6_000 });
  const other = measured({ a: 90, again: 110, c: 200, b: 1_000 });
  const { ca, cb, aa } = summarize({ ...one, rounds: [...one.rounds, ...one.rounds, ...other.rounds] });
  assert.deepEqual({ ca, cb, aa }, { ca: 3, cb: 0.5, aa: 1_100 / 900 });
});

test('a load in which (a) differs from itself by more than a tenth is too noisy, and says so', () => {
  for (const [again, noisy] of [
    [890, true],
    [900, false],
    [1_100, false],
    [1_110, true],
  ]) {
    const row = summarize(measured({ again }));
    assert.equal(row.noisy, noisy);
    assert.equal(rowText(row).includes('too noisy'), noisy);
  }
});

test('a baseline that is slow beside select 1 makes the table not count, judged at the most clients', () => {
  const honest = (parts) => honesty([measured({}), measured(parts, 200)].map(summarize)).honest;
  assert.equal(honest({}), true);
  assert.equal(honest({ a: 990, again: 990 }), false);
  assert.equal(honest({ b: 4_490 }), false);
  assert.match(words([], { baseline: honesty([summarize(measured({ b: 4_000 }))]), targets: [] }), /table doesn't count/);
  assert.equal(honesty([]), null);
});

test('each target of a load that was measured is met, missed or too noisy to tell', () => {
  const verdict = (parts, clients) =>
    judge([summarize(measured(parts, clients))]).map(({ met, noisy }) => (noisy ? 'noisy' : met));
  assert.deepEqual(verdict({ c: 3_000, b: 5_000 }), [true, true]);
  assert.deepEqual(verdict({ c: 1_990, b: 5_000 }), [false, false]);
  assert.deepEqual(verdict({ again: 2_000 }), ['noisy', 'noisy']);
  assert.deepEqual(verdict({ c: figures(500, 30) }, 1), [true]);
  assert.deepEqual(verdict({ c: figures(500, 31) }, 1), [false]);
  assert.deepEqual(verdict({}, 30), []);
});

const latencies = (live, dead, again) =>
  Object.fromEntries(Object.entries({ live, dead, again }).map(([name, p50]) => [name, { p50 }]));

test('a dead carrier may cost a fifth of the latency within a round, by the median of the rounds', () => {
  const rounds = [latencies(10, 12, 10), latencies(100, 110, 100), latencies(1, 9, 1)];
  const { ratio, aa, noisy, met, words } = judgeLatency(rounds);
  assert.deepEqual({ ratio, aa, noisy, met }, { ratio: 1.2, aa: 1, noisy: false, met: true });
  assert.match(words, /ratio 1\.20 \(a\/a 1\.00\), at most 1\.2: met$/);
  assert.match(judgeLatency([latencies(10, 12.1, 10)]).words, /missed$/);
});

test('a living carrier that differs from itself by more than a tenth tells nothing', () => {
  for (const again of [8.9, 11.1]) {
    const { noisy, words } = judgeLatency([latencies(10, 10, again)]);
    assert.equal(noisy, true);
    assert.match(words, /too noisy to tell$/);
  }
});

const costs = (without, inProcess, redis, again = without) =>
  Object.fromEntries(
    Object.entries({ without, process: inProcess, redis, again }).map(([name, server]) => [
      name,
      { server, redis: 5, perSecond: 1 },
    ]),
  );

test('limits may cost a twentieth of an order in the process, and three twentieths in Redis, by the median of the rounds', () => {
  const rounds = [costs(100, 105, 115), costs(200, 205, 220), costs(100, 300, 400)];
  const { rows, aa, met, words } = judgeLimits(rounds);
  assert.deepEqual(
    rows.map(({ ratio }) => ratio),
    [1, 1.05, 1.15],
  );
  assert.deepEqual({ aa, met, words }, { aa: 1, met: true, words: 'met' });
  assert.equal(judgeLimits([costs(100, 105, 116)]).words, 'missed in Redis');
  assert.equal(judgeLimits([costs(100, 106, 116)]).words, 'missed in the process and in Redis');
});

test('a server without limits that differs from itself by more than a twentieth tells nothing, however cheap limits look', () => {
  for (const again of [94, 106, Number.NaN]) {
    const { noisy, met, words } = judgeLimits([costs(100, 80, 80, again)]);
    assert.deepEqual({ noisy, met, words }, { noisy: true, met: false, words: 'too noisy to tell' });
  }
});
