import { mayBeCalled } from './address.js';
import { alsoNearby } from './policy.js';

const closed: readonly (readonly [what: string, ...addresses: readonly string[]])[] = [
  ['this host', '0.0.0.0', '0.1.2.3', '::'],
  ['loopback', '127.0.0.1', '127.255.255.254', '::1'],
  ['private networks', '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', 'fc00::1', 'fd12:3456::1'],
  ['link-local', '169.254.0.1', 'fe80::1', 'febf::1'],
  ['what clouds keep credentials at', '169.254.169.254', '169.254.170.2', 'fd00:ec2::254', '100.100.100.200', '168.63.129.16'],
  ['carrier-grade NAT', '100.64.0.1', '100.127.255.255'],
  ['multicast', '224.0.0.1', '239.255.255.255', 'ff02::1', 'ff0e::1'],
  ['broadcast and what is reserved', '255.255.255.255', '240.0.0.1', '192.0.0.1', '192.0.0.192', '192.88.99.1', '198.18.0.1'],
  ['documentation', '192.0.2.1', '198.51.100.1', '203.0.113.1', '2001:db8::1', '3fff::1'],
  ['IPv4 mapped into IPv6', '::ffff:127.0.0.1', '::ffff:10.0.0.1', '::ffff:8.8.8.8', '::ffff:7f00:1', '::7f00:1'],
  ['NAT64', '64:ff9b::7f00:1', '64:ff9b::808:808', '64:ff9b:1::a00:1'],
  ['6to4 and Teredo', '2002:7f00:1::', '2002:a00:1::1', '2001::1', '2001:0:4136:e378:8000:63bf:3fff:fdd2'],
  ['site-local, discard, SRv6, ORCHID', 'fec0::1', '100::1', '5f00::1', '2001:20::1'],
  ['what nobody was given', '4000::1', '1::1', 'e000::1'],
  ['an interface of its own', 'fe80::1%eth0', '::1%lo'],
  ['what is no address', '', 'localhost', '127.1', '0x7f000001', '2130706433', '0177.0.0.1', '127.0.0.1 ', '[::1]'],
];

it.each(closed)('keeps to itself %s', (_, ...addresses) => {
  expect(addresses.filter((address) => mayBeCalled(address, []))).toEqual([]);
});

it('calls public addresses, and their nearest neighbours', () => {
  const open = [
    ...['8.8.8.8', '1.1.1.1', '93.184.216.34', '9.255.255.255', '11.0.0.0', '100.63.255.255', '100.128.0.0', '126.255.255.255'],
    ...['128.0.0.0', '169.253.255.255', '169.255.0.0', '172.15.255.255', '172.32.0.0', '192.167.255.255', '223.255.255.255'],
    ...['168.63.129.15', '168.63.129.17', '2606:4700::1111', '2a00:1450:4001::200e', '2003::1'],
  ];
  expect(open.filter((address) => !mayBeCalled(address, []))).toEqual([]);
});

it('calls what is named besides, and nothing near it', () => {
  const networks = ['127.0.0.1/32', 'fd00:1::/32'];
  expect(['127.0.0.1', 'fd00:1::7', '8.8.8.8'].filter((address) => !mayBeCalled(address, networks))).toEqual([]);
  expect(['127.0.0.2', 'fd00:2::7', '::ffff:127.0.0.1', '::1'].filter((address) => mayBeCalled(address, networks))).toEqual([]);
});

it('keeps link-local addresses closed on a developer’s machine too', () => {
  const { networks } = alsoNearby;
  expect(['127.0.0.1', '10.1.2.3', '::1'].filter((address) => !mayBeCalled(address, networks))).toEqual([]);
  expect(['169.254.169.254', 'fe80::1', '100.64.0.1', 'fd00:ec2::254'].filter((one) => mayBeCalled(one, networks))).toEqual([]);
});
