/** What people call worlds in which nothing is real. */
const unreal: ReadonlySet<string> = new Set(['test', 'testing', 'tests', 'dev', 'develop', 'development', 'sandbox']);

/** The words of a name, such as `db`, `test` and `example` of `db-test.example`; `latest` and `devices` are words of their own. */
const wordsOf = (name: string): readonly string[] => name.toLowerCase().split(/[^a-z]+/);

/** Whether a host or a name says of itself that it is for tests or development. Goes by whole words. */
export const soundsUnreal = (name: string): boolean => wordsOf(name).some((word) => unreal.has(word));

/**
 * Whether a host is this machine. Takes the host of a URL, in which numbers stand for addresses in every way that they can be written,
 * an IPv6 address in brackets.
 */
export const isThisMachine = (host: string): boolean => {
  const name = host
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '');
  return (
    name === '' ||
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    name.startsWith('/') ||
    name.startsWith('%2f') ||
    /^(::ffff:)?127\.\d+\.\d+\.\d+$/.test(name) ||
    ['0.0.0.0', '::1', '::', 'host.docker.internal'].includes(name) ||
    /^::ffff:7f[0-9a-f]{2}:[0-9a-f]{1,4}$/.test(name)
  );
};

/** The host of a URL as it would be looked up: `postgresql://` hosts aren't brought into form by URL itself. */
export const hostOf = (url: URL): string => {
  const plain = `http://${url.hostname}`;
  return URL.canParse(plain) ? new URL(plain).hostname : url.hostname;
};
