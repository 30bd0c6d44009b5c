/** JSON pointers to everything in a document that has nothing below it. */
export const leavesOf = (value: unknown, at = ''): readonly string[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, part]) => leavesOf(part, `${at}/${key}`))
    : [at];
