import { setTimeout as delay } from 'node:timers/promises';
import { type Logger, pino } from 'pino';
import { redacted } from './redaction.js';

/** A block of lines is written at once, in the background: a write of its own for each line costs the server a tenth of its time. Bytes. */
const BLOCK = 32_768;
/** What hasn't filled a block is written after so many milliseconds; nor does closing wait longer for whoever should take the lines. */
const EVERY = 1_000;
/** When nobody takes the lines off any more, memory isn't filled with more of them than this. Bytes. */
const AT_MOST = 16 * 1_048_576;

const STANDARD_OUTPUT = 1;

/** Whoever doesn't take a byte for so long, while the process waits to end, stands still. Milliseconds. */
const STANDING_STILL = 10_000;

type Flush = (patienceMs: number) => Promise<boolean>;

/** Logs that haven't been closed: whoever ends the process needn't know who opened them. */
const open = new Set<Flush>();

type Hearer = (message: string, fields: Readonly<Record<string, unknown>>) => void;
const hearers = new Set<Hearer>();

/** Has somebody hear each line of level `error` and above that is logged from now on, by its message and its fields as the log has them. */
export const hearErrors = (hearer: Hearer): void => void hearers.add(hearer);

const ERROR = 50;

/** As pino calls it: with fields and a message, or with a message alone. */
const hear = ([first, second]: readonly unknown[], level: number): void => {
  if (hearers.size === 0 || level < ERROR) return;
  const fields = typeof first === 'object' && first !== null ? redacted(first) : {};
  for (const hearer of hearers) hearer(String(typeof first === 'string' ? first : (second ?? '')), fields);
};

export type Log = { readonly logger: Logger; readonly close: () => Promise<void> };

/**
 * Logs to standard output in blocks.
 * Whatever ends the process but a SIGKILL loses no line: pino writes what is left when the process exits, also by a crash.
 */
export const openLog = (level: string): Log => {
  const destination = pino.destination({
    dest: STANDARD_OUTPUT,
    sync: false,
    minLength: BLOCK,
    maxWrite: 2 * BLOCK,
    maxLength: AT_MOST,
  });
  const timer = setInterval(() => destination.flush(), EVERY).unref();
  /** Whether what was logged is out of our hands: taken, or refused because nobody is there. */
  const flush: Flush = (patienceMs) =>
    new Promise((resolve) => {
      const patience = setTimeout(() => resolve(false), patienceMs).unref();
      destination.on('write', () => patience.refresh());
      // Also with an error, such as that of a pipe, which can't be brought to a disk.
      destination.flush(() => {
        clearTimeout(patience);
        resolve(true);
      });
    });
  open.add(flush);
  return {
    logger: pino(
      {
        level,
        formatters: { log: redacted },
        hooks: {
          logMethod(args, write, of) {
            hear(args, of);
            write.apply(this, args);
          },
        },
      },
      destination,
    ),
    close: async () => {
      clearInterval(timer);
      if (await flush(EVERY)) open.delete(flush);
    },
  };
};

const lastActs = new Set<() => Promise<unknown>>();

/** Has `endProcess` wait for something, though not for longer than it waits for the log. */
export const beforeEnd = (act: () => Promise<unknown>): void => void lastActs.add(act);

/**
 * Ends the process, its log written. Where nobody takes the log off it is killed: a write that waits for its reader would hold
 * it for as long as that one stands still, and no signal but this one would end it.
 */
export const endProcess = async (code: number): Promise<void> => {
  const patience = delay(STANDING_STILL, undefined, { ref: false });
  await Promise.race([patience, Promise.allSettled([...lastActs].map((act) => act()))]);
  const taken = await Promise.all([...open].map((flush) => flush(STANDING_STILL)));
  if (taken.includes(false)) process.kill(process.pid, 'SIGKILL');
  else process.exit(code);
};
