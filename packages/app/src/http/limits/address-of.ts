/** Whoever has an IPv6 address has all of its /64: 18 quintillion of them. */
const GROUPS_OF_A_NETWORK = 4;
const GROUPS = 8;

/** What is limited by an address: an IPv4 address itself, and of IPv6 the network. */
export const addressOf = (ip: string): string => {
  const [address = ''] = ip.split('%');
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined || !isOfSix(address)) return mapped ?? address;
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const [before, after] = [groupsOf(head), groupsOf(tail ?? '')];
  const zeros = tail === undefined ? [] : Array<string>(GROUPS - before.length - after.length).fill('0');
  return `${[...before, ...zeros, ...after].slice(0, GROUPS_OF_A_NETWORK).join(':')}::/64`;
};

const isOfSix = (address: string): boolean => address.includes(':') && URL.canParse(`http://[${address}]`);

const groupsOf = (text: string): readonly string[] => (text === '' ? [] : text.split(':'));
