import { type Logger, pino } from 'pino';
import { redacted } from './redaction.js';

/** A block of lines is written at once, in the background: a write of its own for each line costs the server a tenth of its time. Bytes. */
const BLOCK = 32_768;
/** What hasn't filled a block is written after so many milliseconds; nor does closing wait longer for whoever should take the lines. */
const EVERY = 1_000;
/** When nobody takes the lines off any more, memory isn't filled with more of them than this. Bytes. */
const AT_MOST = 16 * 1_048_576;

const STANDARD_OUTPUT = 1;

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
  return {
    logger: pino({ level, formatters: { log: redacted } }, destination),
    close: () => {
      clearInterval(timer);
      return new Promise((resolve) => {
        setTimeout(resolve, EVERY).unref();
        destination.flush(() => resolve());
      });
    },
  };
};
