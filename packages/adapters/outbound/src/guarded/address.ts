import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Where the IPv6 internet is; what lies outside isn't assigned to anybody, or means something else. */
const globalUnicast = ipaddr.parseCIDR('2000::/3');

/** Addresses of clouds' own services that lie among the public ones: Azure's, which hands out certificates and keys. */
const withinPublic = [ipaddr.parseCIDR('168.63.129.16/32')];

type Address = ReturnType<typeof ipaddr.parse>;
type Network = ReturnType<typeof ipaddr.parseCIDR>;

const within = (address: Address, [network, bits]: Network): boolean =>
  address.kind() === network.kind() && address.match(network, bits);

/**
 * Whether an address is one of the internet, or in one of the networks that are named besides.
 * - Anything that isn't known to be public is not: private, loopback, link-local, carrier-grade NAT, multicast, reserved.
 * - An IPv6 address that stands for an IPv4 one (mapped, NAT64, 6to4, Teredo) is not either, whatever it stands for.
 */
export const mayBeCalled = (text: string, networks: readonly string[]): boolean => {
  if (isIP(text) === 0) return false;
  const address = ipaddr.parse(text);
  if (networks.some((network) => within(address, ipaddr.parseCIDR(network)))) return true;
  if (address.kind() === 'ipv6' && !within(address, globalUnicast)) return false;
  return address.range() === 'unicast' && !withinPublic.some((network) => within(address, network));
};
