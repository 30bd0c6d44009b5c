import { isIP } from 'node:net';
import { err, type OutboundObjection, type OutboundRefused, ok, type Result } from '@rappit/domain';
import { mayBeCalled } from './address.js';
import type { GuardPolicy } from './policy.js';

/** Where a request goes. `host` is a name, or an address without brackets. */
export type Target = { readonly url: URL; readonly host: string; readonly isAddress: boolean };

const LONGEST_URL = 2_048;

/** What the URL standard would drop or turn into a slash: another reader of the same text might not. */
const ambiguous = /[\s\p{C}\\]/u;

export const refused = (why: OutboundObjection): OutboundRefused => ({ code: 'outbound.refused', why });

/** Reads a URL, and says what can be said against it before its name is looked up. Odd spellings of an address count as the address. */
export const targetOf = (text: string, policy: GuardPolicy): Result<Target, OutboundRefused> => {
  const url = text.length <= LONGEST_URL && !ambiguous.test(text) && URL.canParse(text) ? new URL(text) : null;
  if (!url || url.hostname === '') return err(refused('malformed'));
  if (url.protocol !== 'https:' && !(policy.plainHttp && url.protocol === 'http:')) return err(refused('scheme'));
  if (url.username !== '' || url.password !== '') return err(refused('credentials'));
  if (policy.ports && !policy.ports.includes(portOf(url))) return err(refused('port'));
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const isAddress = isIP(host) !== 0;
  if (isAddress && !mayBeCalled(host, policy.networks)) return err(refused('address'));
  return ok({ url, host, isAddress });
};

const portOf = ({ port, protocol }: URL): number => Number(port || (protocol === 'https:' ? 443 : 80));
