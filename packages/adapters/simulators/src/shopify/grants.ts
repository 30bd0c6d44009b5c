import { createHmac, randomBytes } from 'node:crypto';

export type App = { readonly clientId: string; readonly clientSecret: string; readonly scopes: readonly string[] };

type Pair = {
  readonly shop: string;
  readonly accessToken: string;
  readonly refreshToken: string | null;
  readonly scopes: readonly string[];
  readonly expiresAt: number | null;
  /** The refresh token that this pair was got for: it is good until something of the new pair is used. */
  readonly from: string | null;
};

export type Exchanged = { readonly status: number; readonly body: Readonly<Record<string, unknown>> };

const ACCESS_SECONDS = 3_600;
const REFRESH_SECONDS = 90 * 86_400;

/** HMAC over a query as Shopify makes it: sorted by name, encoded as a form but for blanks, in hexadecimal. */
export const queryHmac = (query: Readonly<Record<string, string>>, secret: string): string =>
  createHmac('sha256', secret)
    .update(
      new URLSearchParams(Object.entries(query).toSorted(([one], [other]) => (one < other ? -1 : 1)))
        .toString()
        .replaceAll('+', '%20'),
    )
    .digest('hex');

/** Who was let in, and how. Tokens that end are replaced in pairs, and the old refresh token is good until the new pair is used. */
export const grantBook = (app: App, now: () => Date) => {
  const pairs = new Map<string, Pair>();
  const codes = new Map<string, { readonly shop: string; readonly scopes: readonly string[] }>();
  let refreshes = 0;
  const seconds = (): number => Math.floor(now().getTime() / 1_000);
  const keep = (pair: Omit<Pair, 'accessToken' | 'refreshToken'>, refreshable: boolean): Pair => {
    const token = (prefix: string): string => `${prefix}_SECRET${randomBytes(12).toString('hex')}`;
    const made = { ...pair, accessToken: token('shpat'), refreshToken: refreshable ? token('shprt') : null };
    pairs.set(made.accessToken, made);
    return made;
  };
  const answered = ({ accessToken, refreshToken, scopes }: Pair): Exchanged => ({
    status: 200,
    body: {
      access_token: accessToken,
      scope: scopes.join(','),
      ...(refreshToken !== null && {
        expires_in: ACCESS_SECONDS,
        refresh_token: refreshToken,
        refresh_token_expires_in: REFRESH_SECONDS,
      }),
    },
  });
  const no = (status: number, error: string): Exchanged => ({ status, body: { error } });
  /** What a pair was got for is good no longer once the pair is used. */
  const used = (pair: Pair): void => {
    for (const [name, one] of pairs) if (pair.from !== null && one.refreshToken === pair.from) pairs.delete(name);
  };
  const exchange = (shop: string, asked: Readonly<Record<string, unknown>>): Exchanged => {
    if (asked['client_id'] !== app.clientId || asked['client_secret'] !== app.clientSecret) return no(401, 'invalid_client');
    if (asked['grant_type'] === 'refresh_token') {
      const pair = [...pairs.values()].find(
        (one) => one.shop === shop && one.refreshToken !== null && one.refreshToken === asked['refresh_token'],
      );
      if (!pair) return no(400, 'invalid_grant');
      refreshes += 1;
      used(pair);
      return answered(keep({ shop, scopes: pair.scopes, expiresAt: seconds() + ACCESS_SECONDS, from: pair.refreshToken }, true));
    }
    const code = String(asked['code']);
    const granted = codes.get(code);
    if (!granted || granted.shop !== shop) return no(400, 'invalid_request');
    codes.delete(code);
    const expiring = asked['expiring'] === '1';
    return answered(
      keep({ shop, scopes: granted.scopes, expiresAt: expiring ? seconds() + ACCESS_SECONDS : null, from: null }, expiring),
    );
  };
  return {
    exchange,
    refreshes: () => refreshes,
    /** What the owner's browser brings back after consent. */
    consent: (shop: string, state: string, scopes: readonly string[]): Readonly<Record<string, string>> => {
      const code = `code${randomBytes(8).toString('hex')}`;
      codes.set(code, { shop, scopes });
      const host = Buffer.from(`admin.shopify.com/store/${shop.split('.')[0]}`).toString('base64');
      const query = { code, host, shop, state, timestamp: String(seconds()) };
      return { ...query, hmac: queryHmac(query, app.clientSecret) };
    },
    /** A token that doesn't end, as the admin of a shop makes them for apps of its own. */
    lasting: (shop: string): string => keep({ shop, scopes: app.scopes, expiresAt: null, from: null }, false).accessToken,
    scopesOf: (shop: string, accessToken: string): readonly string[] | null => {
      const pair = pairs.get(accessToken);
      if (!pair || pair.shop !== shop || (pair.expiresAt !== null && pair.expiresAt <= seconds())) return null;
      used(pair);
      return pair.scopes;
    },
    /** Takes every token of the shop back. */
    revoke: (shop: string): void => {
      for (const [name, pair] of pairs) if (pair.shop === shop) pairs.delete(name);
    },
  };
};

export type GrantBook = ReturnType<typeof grantBook>;
