import { parseArgs } from 'node:util';
import { loads } from './loads.mjs';

export const usage = `npm run bench:orders -- [options]
  --rounds N        rounds of each load (10)
  --seconds N       how long each subject is driven in a round (1)
  --repeats N       how often a load is measured again while it is too noisy (2)
  --loads LIST      of ${Object.keys(loads).join(', ')} (all)
  --clients LIST    how many clients ask at once (100,30,1)
  --skus N          how many SKUs "spread" means (10000)
  --connections N   how many connections (a) has (as many as do it best, found out for each load)
  --json FILE       writes all figures, those of each round too
  --write FILE      puts the table into a page, between the two lines that mark its place (docs/performance.md)
  --cpu-prof DIR    has each server write a CPU profile into DIR
  --quick           two short rounds, 500 SKUs and no repeats, for whoever changes the bench: nothing of it counts`;

const text = { type: 'string' };
const flag = { type: 'boolean', default: false };
const known = {
  ...{ rounds: text, seconds: text, repeats: text, loads: text, clients: text, skus: text, connections: text },
  ...{ json: text, write: text, 'cpu-prof': text, quick: flag, help: flag },
};

export const whole = (name, value, least = 1) => {
  const number = Number(value);
  if (!Number.isInteger(number) || number < least)
    throw new Error(`--${name} takes a whole number from ${least} on, not ${value}`);
  return number;
};

const ofLoads = (names) => {
  const unknown = names.filter((name) => !Object.hasOwn(loads, name));
  if (unknown.length > 0) throw new Error(`there is no load ${unknown.join(', ')}`);
  return names;
};

export const above0 = (name, value) => {
  const number = Number(value);
  if (!(number > 0)) throw new Error(`--${name} takes a number above 0, not ${value}`);
  return number;
};

/** An order of five lines asks for five different SKUs. */
const FEWEST_SKUS = 5;

/** What was asked for on the command line; undefined when that was only help. */
export const readOptions = (args) => {
  const { values } = parseArgs({ args, options: known });
  if (values.help) return undefined;
  const [rounds, seconds, skus, repeats] = values.quick ? [2, 0.4, 500, 0] : [10, 1, 10_000, 2];
  return {
    rounds: whole('rounds', values.rounds ?? rounds),
    seconds: above0('seconds', values.seconds ?? seconds),
    repeats: whole('repeats', values.repeats ?? repeats, 0),
    loads: ofLoads((values.loads ?? Object.keys(loads).join(',')).split(',')),
    clients: (values.clients ?? '100,30,1').split(',').map((one) => whole('clients', one)),
    skus: whole('skus', values.skus ?? skus, FEWEST_SKUS),
    connections: values.connections === undefined ? undefined : whole('connections', values.connections),
    ...{ json: values.json, write: values.write, profile: values['cpu-prof'] },
  };
};
