/** What stands at the top of each document that is made. */
export const made = '<!-- Made by `npm run docs` from the tables in the code; changes here are lost. -->';

export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
