import { parseArgs } from 'node:util';
import type { Given } from '../gates/gate.js';
import { isGo, judge } from '../gates/gates.js';
import { probeAll } from '../gates/probe.js';
import { askedOf } from '../gates/production-gates.js';
import { jsonOf, toldOf } from '../gates/told.js';

/**
 * `rappit gates [--probe] [--json]`: what every gate says of this environment as one for production. With `--probe` database, Redis and
 * carriers are asked. Ends with 1 on any NO-GO.
 */
export const gatesCommand = async (given: Given, args: readonly string[]): Promise<void> => {
  const { values } = parseArgs({ args: [...args], options: { probe: { type: 'boolean' }, json: { type: 'boolean' } } });
  const judged = judge(askedOf(given, values.probe ? await probeAll(given) : {}));
  console.log((values.json ? jsonOf : toldOf)(judged));
  if (!isGo(judged)) process.exitCode = 1;
};
