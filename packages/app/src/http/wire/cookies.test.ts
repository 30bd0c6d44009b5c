import { cookieOf, setCookie } from './cookies.js';

describe('cookies', () => {
  it.each([
    [undefined, undefined],
    ['', undefined],
    ['other=1', undefined],
    ['xname=1; name=2', '2'],
    ['name=a=b', 'a=b'],
    ['other=1;name=', ''],
  ])('of the header %p finds %p', (header, value) => {
    expect(cookieOf(header, 'name')).toBe(value);
  });

  it('are kept from scripts and from other sites, and from the open where there is TLS', () => {
    const cookie = { name: 'name', value: 'wombat', path: '/api', seconds: 60 };
    expect(setCookie({ ...cookie, secure: false })).toBe('name=wombat; Path=/api; Max-Age=60; HttpOnly; SameSite=Lax');
    expect(setCookie({ ...cookie, secure: true })).toBe('name=wombat; Path=/api; Max-Age=60; HttpOnly; SameSite=Lax; Secure');
  });
});
