const SHOP = /^(?:https:\/\/)?([a-z0-9][a-z0-9-]{0,59}\.myshopify\.com)\/?$/;

/**
 * The one name of a shop: lower case, and nothing but `<name>.myshopify.com`, so that no shop has two keys and nobody else is called.
 * Letters beyond ASCII are refused before they are made small: the Kelvin sign would become a `k`. So are users, ports, paths and dots.
 */
export const shopDomainIn = (text: string): string | null => {
  const typed = text.trim();
  return typed.length <= 100 && /^[\x21-\x7e]+$/.test(typed) ? (SHOP.exec(typed.toLowerCase())?.[1] ?? null) : null;
};
