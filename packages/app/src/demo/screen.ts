/** Writes the story to a terminal, step by step. */
export type Screen = {
  readonly heading: (text: string) => void;
  readonly line: (text: string) => void;
  readonly table: (rows: readonly (readonly string[])[]) => void;
  /** Shows that something takes a while, and that it is still going on. */
  readonly waiting: <Value>(what: string, work: Promise<Value>) => Promise<Value>;
};

export const screen = (write: (text: string) => void): Screen => {
  const line = (text: string): void => write(`  ${text}\n`);
  return {
    heading: (text) => write(`\n${text}\n`),
    line,
    table: (rows) => {
      const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
      for (const row of rows)
        line(
          row
            .map((cell, column) => cell.padEnd(widths[column] ?? 0))
            .join('  ')
            .trimEnd(),
        );
    },
    waiting: async (what, work) => {
      const begun = Date.now();
      write(`  ${what} `);
      const dots = setInterval(() => write('.'), 400);
      try {
        return await work;
      } finally {
        clearInterval(dots);
        write(` ${((Date.now() - begun) / 1_000).toFixed(1)} s\n`);
      }
    },
  };
};
