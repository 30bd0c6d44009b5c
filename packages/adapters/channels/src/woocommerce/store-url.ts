import type { GuardedFetch } from '@rappit/domain';

/** Where a store answers. A store is always called over TLS, except on a developer's machine. */
export type BaseUrlOf = (shopDomain: string) => string;
export const overTls: BaseUrlOf = (shopDomain) => `https://${shopDomain}`;

const LONGEST = 255;
const SCHEME = /^https?:\/\//i;
/** What people copy along with the address of their store. */
const WITHIN = /\/(?:wp-admin|wp-login\.php|wp-json|wc-auth|index\.php)(?:\/.*)?$/i;

/**
 * One store has one name: host, port where it isn't the usual one, and the folder it lives in, such as `shop.example.com` or
 * `example.com/shop`. The scheme that somebody typed doesn't matter. Undefined for what is no address of a store, and for what the guard
 * says at once lies inside our network; what its name leads to is looked at with each call.
 */
export const shopDomainOf = (typed: string, guard: Pick<GuardedFetch, 'check'>, baseUrlOf: BaseUrlOf): string | undefined => {
  const text = typed.trim();
  const bare = text.replace(SCHEME, '');
  if (text.length > LONGEST || bare.includes('://') || !URL.canParse(`https://${bare}`)) return undefined;
  const url = new URL(`https://${bare}`);
  if (url.username || url.password || !/[.:]/.test(url.hostname)) return undefined;
  const folder = url.pathname.replace(WITHIN, '').replace(/\/+$/, '');
  if (!/^(?:\/[\w.~-]+)*$/.test(folder) || /\/\.\.?(?:\/|$)/.test(folder)) return undefined;
  const shopDomain = `${url.host.replace(/\.$/, '')}${folder}`;
  return guard.check(baseUrlOf(shopDomain)).ok ? shopDomain : undefined;
};
