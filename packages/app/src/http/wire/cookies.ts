/** The value of a cookie, as it was set; undefined where the browser sent none. */
export const cookieOf = (header: string | undefined, name: string): string | undefined =>
  header
    ?.split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${name}=`))
    ?.slice(name.length + 1);

export type NewCookie = {
  readonly name: string;
  /** Of characters that need no quoting. Empty makes the browser forget it. */
  readonly value: string;
  readonly path: string;
  readonly seconds: number;
  /** Whether it is sent over TLS only. */
  readonly secure: boolean;
};

/** A cookie that no script can read, and that the browser sends along when it comes here from elsewhere by following a link, and not otherwise. */
export const setCookie = ({ name, value, path, seconds, secure }: NewCookie): string =>
  `${name}=${value}; Path=${path}; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
