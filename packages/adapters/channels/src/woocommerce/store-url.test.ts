import { guardedFetch } from '@rappit/outbound/guarded';
import { overTls, shopDomainOf } from './store-url.js';

const publicOnly = guardedFetch();
const named = (typed: string): string | undefined => shopDomainOf(typed, publicOnly, overTls);

describe('the address of a store, as somebody types it', () => {
  it.each([
    ['shop.example.com', 'shop.example.com'],
    ['https://shop.example.com/', 'shop.example.com'],
    ['  HTTP://Shop.Example.COM  ', 'shop.example.com'],
    ['https://shop.example.com:443', 'shop.example.com'],
    ['https://example.com/shop/', 'example.com/shop'],
    ['https://example.com/Shop/wp-admin/admin.php?page=wc-settings', 'example.com/Shop'],
    ['https://shop.example.com/wp-json/wc/v3', 'shop.example.com'],
    ['https://shop.example.com/?lang=en#top', 'shop.example.com'],
    ['https://münze.example', 'xn--mnze-0ra.example'],
  ])('%s is the store %s', (typed, domain) => {
    expect(named(typed)).toBe(domain);
  });

  it.each([
    ['nothing', ''],
    ['a word', 'shop'],
    ['another scheme', 'ftp://shop.example.com'],
    ['a script', 'javascript://shop.example.com/%0aalert(1)'],
    ['a password', 'https://user:wombat@shop.example.com'],
    ['another port', 'https://shop.example.com:8443'],
    ['this machine', 'https://127.0.0.1'],
    ['this machine, spelled oddly', 'https://2130706433'],
    ['this machine by its name in IPv6', 'https://[::1]'],
    ['what clouds keep credentials at', 'http://169.254.169.254/latest'],
    ['a private network', '192.168.1.10'],
    ['a path that climbs', 'https://shop.example.com/a/%2e%2e/b%2f'],
    ['blanks within', 'shop.exa mple.com'],
    ['far too much', `${'a'.repeat(300)}.example.com`],
  ])('%s is none: %s', (_, typed) => {
    expect(named(typed)).toBeUndefined();
  });
});
