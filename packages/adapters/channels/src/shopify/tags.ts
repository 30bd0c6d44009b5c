/** As many as Shopify keeps on one order. */
const MAX_TAGS = 250;

/** The tags of one text, split at commas: trimmed, each once, the first 250. */
export const tagsOf = (text: string | null): readonly string[] => {
  const tags = (text ?? '').split(',').flatMap((tag) => tag.trim() || []);
  return [...new Set(tags)].slice(0, MAX_TAGS);
};
