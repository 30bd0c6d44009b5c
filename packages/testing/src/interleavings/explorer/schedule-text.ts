import { bug } from '@rappit/domain';
import type { Step } from './turns.js';

type Turn = Pick<Step, 'task' | 'call'>;

/** Commands are called by letters, in their order. */
export const letterOf = (task: number): string => String.fromCharCode('A'.charCodeAt(0) + task);

const named = (turns: readonly Turn[]): readonly string[] => {
  const counts = new Map<number, number>();
  return turns.map(({ task }) => {
    const count = (counts.get(task) ?? 0) + 1;
    counts.set(task, count);
    return `${letterOf(task)}${count}`;
  });
};

/** A schedule on one line, such as `A1 B1 B2 A2`: whose turn it is, and which of its turns. */
export const scheduleText = (turns: readonly Turn[]): string => named(turns).join(' ');

/** The same, a line a turn, with the names of the calls. */
export const scheduleWords = (turns: readonly Turn[]): string => {
  const names = named(turns);
  return turns.map(({ call }, index) => `${names[index]} ${call}`).join('\n');
};

/** Whose turn it is, one after another. The numbers are for the reader and may be left out. */
export const parseSchedule = (text: string): readonly number[] =>
  text
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => (/^[A-Z]\d*$/.test(word) ? word.charCodeAt(0) - 'A'.charCodeAt(0) : bug(`${word} is no turn of a schedule`)));
