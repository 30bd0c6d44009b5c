import { createHash } from 'node:crypto';

export type WooKey = { readonly consumerKey: string; readonly consumerSecret: string };

/** Keys that a store has given out. Those of a seed are always the same. */
export const wooKeys = (seed: number) => {
  const given = new Map<string, WooKey>();
  const hex = (text: string): string => createHash('sha1').update(`SECRET ${seed} ${text}`).digest('hex');
  const headerOf = ({ consumerKey, consumerSecret }: WooKey): string =>
    `Basic ${Buffer.from(`${consumerKey}:${consumerSecret}`).toString('base64')}`;
  return {
    give: (): WooKey => {
      const key = { consumerKey: `ck_${hex(`key ${given.size}`)}`, consumerSecret: `cs_${hex(`secret ${given.size}`)}` };
      given.set(headerOf(key), key);
      return key;
    },
    takeBack: ({ consumerKey }: Pick<WooKey, 'consumerKey'>): void => {
      for (const [header, key] of given) if (key.consumerKey === consumerKey) given.delete(header);
    },
    revokeAll: (): void => given.clear(),
    knows: (authorization: string | undefined): boolean => authorization !== undefined && given.has(authorization),
  };
};

export type WooKeys = ReturnType<typeof wooKeys>;
