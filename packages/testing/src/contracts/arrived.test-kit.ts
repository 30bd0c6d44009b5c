import type { OutboundRequest } from '@rappit/domain';
import type { Arrived } from './index.js';

/** A request as the other side would have seen it. */
export const asArrived = ({ method, url, headers = {}, body = '' }: OutboundRequest): Arrived => {
  const { pathname, search } = new URL(url);
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body);
  return { method, path: `${pathname}${search}`, header: headers['x-contract'] ?? '', body: text };
};
