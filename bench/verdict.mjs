/** The middle one. */
export const median = (numbers) => {
  const sorted = numbers.toSorted((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

/** The value that so large a share of `sorted` doesn't exceed. */
export const percentile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

const mean = (...numbers) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

/** Medians, but of processor time the least: what an order needs when nothing else comes between. */
const figuresOf = (slices) => {
  const middle = (part) => median(slices.map(part));
  const least = (who) => Math.min(...slices.map(({ cpu }) => cpu[who]));
  return {
    perSecond: middle(({ perSecond }) => perSecond),
    p50: middle(({ p50 }) => p50),
    p99: middle(({ p99 }) => p99),
    ...{ server: least('server'), postgres: least('postgres'), generator: least('generator') },
  };
};

/**
 * One load's row. Ratios are taken within each round, whose subjects had the same machine, and their median counts.
 * `aa` compares (a) with itself: by as much as it differs from 1 the others may be wrong. `tail` compares 99th percentiles.
 */
export const summarize = ({ load, clients, rounds }) => {
  const within = (ratio) => median(rounds.map(ratio));
  const rateOfA = ({ a, again }) => mean(a.perSecond, again.perSecond);
  const aa = within(({ a, again }) => again.perSecond / a.perSecond);
  return {
    ...{ load, clients, aa, noisy: aa < 0.9 || aa > 1.1 },
    a: figuresOf(rounds.flatMap(({ a, again }) => [a, again])),
    b: figuresOf(rounds.map(({ b }) => b)),
    c: figuresOf(rounds.map(({ c }) => c)),
    ca: within((round) => round.c.perSecond / rateOfA(round)),
    cb: within((round) => round.c.perSecond / round.b.perSecond),
    tail: within(({ a, again, c }) => c.p99 / mean(a.p99, again.p99)),
    ...(load === 'hot' && {
      one: figuresOf(rounds.map(({ one }) => one)),
      aOfOne: within((round) => rateOfA(round) / round.one.perSecond),
      bOfOne: within((round) => round.b.perSecond / round.one.perSecond),
    }),
  };
};

/** How much longer an order may take while a carrier is dead. */
const WHILE_DEAD = 1.2;

/**
 * How much longer placing an order takes while a carrier is dead. Ratios of medians are taken within each round, and their median counts;
 * `aa` compares the living carrier with itself.
 */
export const judgeLatency = (rounds) => {
  const within = (ratio) => median(rounds.map(ratio));
  const aa = within(({ live, again }) => again.p50 / live.p50);
  const ratio = within(({ live, dead, again }) => dead.p50 / mean(live.p50, again.p50));
  const noisy = aa < 0.9 || aa > 1.1;
  const met = ratio <= WHILE_DEAD;
  const told = noisy ? 'too noisy to tell' : met ? 'met' : 'missed';
  const p50 = Object.fromEntries(['live', 'dead', 'again'].map((name) => [name, within((round) => round[name].p50)]));
  const words =
    `POST /orders takes ${p50.dead.toFixed(1)} ms while a carrier is dead, ${mean(p50.live, p50.again).toFixed(1)} ms while it lives: ` +
    `ratio ${ratio.toFixed(2)} (a/a ${aa.toFixed(2)}), at most ${WHILE_DEAD}: ${told}`;
  return { p50, ratio, aa, noisy, met, words };
};

/** How much more of the processors an order may take for being limited, by where that is counted. */
const limiters = [
  { name: 'process', title: 'in the process', most: 1.05 },
  { name: 'redis', title: 'in Redis', most: 1.15 },
];

/**
 * What limits cost an order, in the server's processor time. Ratios are taken within each round, and their median counts; `aa` compares the
 * server without limits with itself. Where that differs by more than a twentieth nothing is said of the rest.
 */
export const judgeLimits = (rounds) => {
  const within = (part) => median(rounds.map(part));
  const bare = ({ without, again }) => mean(without.server, again.server);
  const aa = within(({ without, again }) => again.server / without.server);
  const noisy = !(aa >= 0.95 && aa <= 1.05);
  const figures = (name) =>
    Object.fromEntries(['server', 'redis', 'perSecond'].map((figure) => [figure, within((round) => round[name][figure])]));
  const rows = [
    { name: 'without', title: 'none', ...figures('without'), ratio: 1, most: Number.NaN },
    ...limiters.map((limiter) => ({
      ...limiter,
      ...figures(limiter.name),
      ratio: within((round) => round[limiter.name].server / bare(round)),
    })),
  ];
  const met = !noisy && rows.every(({ ratio, most }) => !(ratio > most));
  const missed = rows.filter(({ ratio, most }) => ratio > most).map(({ title }) => title);
  const words = noisy ? 'too noisy to tell' : met ? 'met' : `missed ${missed.join(' and ')}`;
  return { rows, aa, noisy, met, words };
};

/**
 * Whether the baselines are fast enough to be compared with: on the hot SKU (a) at least 0.10, (b) at least 0.45 of what the
 * bare server answers when it only selects 1. Judged at the largest number of clients; null when the hot SKU wasn't measured.
 */
export const honesty = (rows) => {
  const hot = rows.filter(({ load }) => load === 'hot').toSorted((left, right) => left.clients - right.clients);
  const row = hot.at(-1);
  return row ? { clients: row.clients, a: row.aOfOne, b: row.bOfOne, honest: row.aOfOne >= 0.1 && row.bOfOne >= 0.45 } : null;
};

const goals = [
  { load: 'hot', clients: 100, what: 'c/a at least 2', ratio: ({ ca }) => ca, met: (ratio) => ratio >= 2 },
  { load: 'hot', clients: 100, what: 'c/b at least 0.6', ratio: ({ cb }) => cb, met: (ratio) => ratio >= 0.6 },
  { load: 'spread', clients: 30, what: 'c/b at least 0.6', ratio: ({ cb }) => cb, met: (ratio) => ratio >= 0.6 },
  { load: 'hot', clients: 1, what: "p99 at most 3 times (a)'s", ratio: ({ tail }) => tail, met: (ratio) => ratio <= 3 },
];

/** Each target with its ratio, and whether it is met; those whose load wasn't measured are left out. */
export const judge = (rows) =>
  goals.flatMap(({ load, clients, what, ratio, met }) => {
    const row = rows.find((one) => one.load === load && one.clients === clients);
    return row ? [{ load, clients, what, ratio: ratio(row), noisy: row.noisy, met: met(ratio(row)) }] : [];
  });
