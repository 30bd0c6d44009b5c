import { exampleOf } from '../variables-in-words.js';
import { isGo, type Judged } from './gates.js';

const verdictOf = ({ reasons }: Judged): string => {
  if (reasons.some(({ verdict }) => verdict === 'NO-GO')) return 'NO-GO';
  return reasons.length > 0 ? 'warning' : 'GO';
};

const ID = 10;
const VERDICT = 9;

/** As a table, each gate with its reasons below it, and what a variable could look like where one is wrong. */
export const toldOf = (judged: readonly Judged[]): string => {
  const lines = judged.flatMap((gate) => [
    `${gate.id.padEnd(ID)}${verdictOf(gate).padEnd(VERDICT)}${gate.title}`,
    ...gate.reasons.map(({ verdict, about, message }) => {
      const example = verdict === 'NO-GO' ? exampleOf(about) : undefined;
      return `  ${verdict}: ${about}: ${message}${example === undefined ? '' : `. Such as ${about}=${example}`}`;
    }),
  ]);
  return [...lines, isGo(judged) ? 'GO' : 'NO-GO: this installation may not start in production'].join('\n');
};

/** The same for machines. */
export const jsonOf = (judged: readonly Judged[]): string =>
  JSON.stringify({
    go: isGo(judged),
    gates: judged.map((gate) => ({ id: gate.id, title: gate.title, verdict: verdictOf(gate), reasons: gate.reasons })),
  });
