import { openConnection, requestText } from '../generator.mjs';
import { percentile } from '../verdict.mjs';
import { kinds, pathOf } from './kinds.mjs';

/** Requests of a kind to each organization in one turn. */
const TURN = 10;
/** Of each kind, unmeasured: node has translated and PostgreSQL has read what is asked often. */
const WARM = 10;

/** One kind's requests to an organization, each about another order. */
const asker = async ({ headers, given }, { connection, prefix }, kind) => {
  const head = await headers();
  const texts = given.map((one) => {
    const path = `${prefix}${pathOf(kind.ask?.(one).query)}`;
    return requestText({ method: 'GET', path, headers: head });
  });
  return async (index) => {
    const text = texts[index % texts.length];
    const before = performance.now();
    const { status, body } = await connection.ask(text);
    const took = performance.now() - before;
    if (status !== 200) throw new Error(`${kind.name} was answered ${status}: ${body}`);
    return took;
  };
};

const figures = (times) => {
  const sorted = Float64Array.from(times).sort();
  return { p50: percentile(sorted, 0.5), p99: percentile(sorted, 0.99), requests: sorted.length };
};

/** The small one comes twice, so that it can be compared with itself; every other request goes backwards. */
const turn = async (askers, times, { from, to }) => {
  const order = ['small', 'large', 'again'];
  for (let index = from; index < to; index += 1)
    for (const name of index % 2 ? order.toReversed() : order) times[name].push(await askers[name](index));
};

const summarize = (name, { small, large, again }) => {
  const both = figures([...small, ...again]);
  const figuresOfLarge = figures(large);
  return {
    kind: name,
    small: both,
    large: figuresOfLarge,
    medians: figuresOfLarge.p50 / both.p50,
    ratio: figuresOfLarge.p99 / both.p99,
    aa: figures(again).p99 / figures(small).p99,
  };
};

/**
 * Asks both organizations for every kind of list, one request at a time and in turns, so that whatever else happens on the machine happens
 * to both. Answers milliseconds for each kind.
 */
export const measure = async (subject, { small, large }, requests) => {
  const connection = await openConnection(subject);
  const where = { connection, prefix: subject.prefix };
  const warm = Math.min(WARM, requests);
  const times = new Map(kinds.map(({ name }) => [name, { small: [], large: [], again: [] }]));
  try {
    for (let from = -warm; from < requests; from += from < 0 ? warm : TURN)
      for (const kind of kinds) {
        const [ofSmall, ofLarge] = [await asker(small, where, kind), await asker(large, where, kind)];
        const kept = from < 0 ? { small: [], large: [], again: [] } : times.get(kind.name);
        const to = from < 0 ? 0 : Math.min(from + TURN, requests);
        await turn({ small: ofSmall, large: ofLarge, again: ofSmall }, kept, { from: from + warm, to: to + warm });
      }
  } finally {
    connection.close();
  }
  return [...times].map(([name, taken]) => summarize(name, taken));
};
