/** What a shop told last of its order, to tell what it changed from what was changed here. Null in rows from before, and of the API's orders. */
export const lastWord = `
  ALTER TABLE orders ADD COLUMN last_word json;
`;
