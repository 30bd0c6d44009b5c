/** What a command says to whoever asked for something it doesn't know. It ends with 2. */
export const misused = (expected: string): void => {
  console.error(`expected: ${expected}`);
  process.exitCode = 2;
};

/** What a command says that was understood and couldn't be done. It ends with 1. */
export const failed = (why: string): void => {
  console.error(why);
  process.exitCode = 1;
};
