/** Connection lost, server shutting down, too many connections, a statement or a transaction given up for its time, and what the network itself says. */
const awayCodes = /^(?:08|53|57P0|57014$|25P03$)|^(?:ECONN\w+|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)$/;
/** A query builder puts the statement in front, with the user's values in it: only what the message ends with is the driver's. */
const awayMessages =
  /(?:^| - )(?:Connection terminated(?: unexpectedly| due to connection timeout)?|timeout exceeded when trying to connect|Client (?:has encountered a connection error|was closed) and is not queryable)$/;

/** How far causes are followed: an error may be its own. */
const CAUSES = 3;

type Fault = { readonly code?: unknown; readonly name?: unknown; readonly message?: unknown; readonly cause?: unknown };

/**
 * Whether an error says that something we stand on (the database) is away, so that the same request may succeed later.
 * Judged by the error's shape, since this layer knows no driver.
 */
export const isAway = (error: unknown, depth = 0): boolean => {
  if (typeof error !== 'object' || error === null || depth > CAUSES) return false;
  const { code, name, message, cause }: Fault = error;
  if (typeof code === 'string' && awayCodes.test(code)) return true;
  if (name === 'KnexTimeoutError') return true;
  if (typeof message === 'string' && awayMessages.test(message)) return true;
  return isAway(cause, depth + 1);
};

/** Errors whose message is written by us or by the language: it can't quote what a user sent. */
const plainErrors: ReadonlySet<unknown> = new Set(['TypeError', 'RangeError', 'ReferenceError']);

/** What may be logged of an error. Drivers quote values in their messages, so only our own messages are kept. */
export const loggable = (error: unknown, depth = 0): Readonly<Record<string, unknown>> => {
  if (!(error instanceof Error)) return { name: typeof error };
  const { name, message, stack, cause } = error;
  const frames = (stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .map((line) => line.trim());
  const facts = 'code' in error || 'constraint' in error ? pick(error, ['code', 'constraint', 'table', 'routine']) : {};
  const ours = message.startsWith('bug: ') || plainErrors.has(name);
  return {
    name,
    ...(ours && { message }),
    ...facts,
    frames,
    ...(cause !== undefined && depth < CAUSES && { cause: loggable(cause, depth + 1) }),
  };
};

const pick = (from: object, names: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(from).filter(([name, value]) => names.includes(name) && typeof value === 'string'));
