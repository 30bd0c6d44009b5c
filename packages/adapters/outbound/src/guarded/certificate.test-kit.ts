import { generateKeyPairSync, sign } from 'node:crypto';

/** A certificate that vouches for itself, and its key, both as PEM. */
export type Certificate = { readonly pem: string; readonly key: string };

const tlv = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const content = Buffer.concat(parts);
  const { length } = content;
  const head = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...head]), content]);
};
const sequence = (...parts: readonly Uint8Array[]): Buffer => tlv(0x30, ...parts);
const oid = (hex: string): Buffer => tlv(0x06, Buffer.from(hex, 'hex'));
const utcTime = (at: Date): Buffer => tlv(0x17, Buffer.from(`${at.toISOString().replace(/[-:T]/g, '').slice(2, 14)}Z`));

const DAY_MS = 86_400_000;
const [commonName, alternativeNames, ecdsaWithSha256] = ['550403', '551d11', '2a8648ce3d040302'];

/** Made anew for each test, so that no key lies in the repository. `expired` ended yesterday. */
export const certificateFor = (host: string, { expired = false } = {}): Certificate => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const name = sequence(tlv(0x31, sequence(oid(commonName), tlv(0x0c, Buffer.from(host)))));
  const now = Date.now();
  const validity = sequence(utcTime(new Date(now - 10 * DAY_MS)), utcTime(new Date(now + (expired ? -DAY_MS : DAY_MS))));
  const names = tlv(0x04, sequence(tlv(0x82, Buffer.from(host))));
  const algorithm = sequence(oid(ecdsaWithSha256));
  const told = sequence(
    tlv(0xa0, tlv(0x02, Buffer.from([2]))),
    tlv(0x02, Buffer.from([1])),
    algorithm,
    name,
    validity,
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    tlv(0xa3, sequence(sequence(oid(alternativeNames), names))),
  );
  const signed = sequence(told, algorithm, tlv(0x03, Buffer.from([0]), sign('sha256', told, privateKey)));
  const lines = signed.toString('base64').replace(/.{64}/g, '$&\n');
  return {
    pem: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
};
