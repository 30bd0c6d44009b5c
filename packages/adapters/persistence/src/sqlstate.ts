/** The SQLSTATE of what PostgreSQL, or the driver on its way there, has thrown. */
const sqlState = (error: unknown): string | undefined => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
};

/** Deadlock, serialization failure, lock timeout: nothing was done, and the same again may well succeed. */
export const isTransient = (error: unknown): boolean => ['40001', '40P01', '55P03'].includes(sqlState(error) ?? '');

/** Class 23: the database's own net caught what was decided on something that had changed. */
export const isIntegrityViolation = (error: unknown): boolean => sqlState(error)?.startsWith('23') ?? false;

/** A statement of ours has counted other rows than it should, and divided by zero, since there is no other way to refuse in plain SQL. */
export const isMiscount = (error: unknown): boolean => sqlState(error) === '22012';

/** Class 22: data that PostgreSQL can't hold, such as a NUL character in a text. */
export const isDataException = (error: unknown): boolean => sqlState(error)?.startsWith('22') ?? false;

/** The constraint that was violated. Behind Citus only the message names it, with a shard's number behind (facts/reliability §4.1, 11). */
export const violatedConstraint = (error: unknown): string | undefined => {
  if (!(error instanceof Error)) return undefined;
  const named = 'constraint' in error && typeof error.constraint === 'string' ? error.constraint : undefined;
  return named ?? /constraint "(.+?)(?:_\d+)?"/.exec(error.message)?.[1];
};

/** The database went away, or is full: nothing that is asked of it now will be answered. */
export const isConnectionFault = (error: unknown): boolean => {
  const code = sqlState(error) ?? '';
  return (
    /^(08|53|57P)/.test(code) ||
    code.startsWith('E') ||
    (error instanceof Error && error.message.startsWith('Connection terminated'))
  );
};
