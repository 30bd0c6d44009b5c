import type { OutboundAnswer, OutboundRefused, OutboundUnavailable, OutboundUnknown, WebhookAnswer } from '@rappit/domain';
import { retryAfterOf } from './retry-after.js';

const LONGEST_SHOWN = 500;
const isSuccess = (status: number): boolean => status >= 200 && status < 300;

/** A 2xx is a delivery; whatever else comes back, a redirect too, is not. */
export const answered = ({ status, headers, body }: OutboundAnswer, signatures: readonly string[], now: Date): WebhookAnswer => ({
  outcome: isSuccess(status) ? 'delivered' : 'rejected',
  responseStatus: status,
  answer: shown(body, signatures),
  retryAfterSeconds: retryAfterOf(headers['retry-after'], now),
});

/** An answer that began with a 2xx is one, however it went on. */
export const notAnswered = (fault: OutboundRefused | OutboundUnavailable | OutboundUnknown): WebhookAnswer => {
  const told = (outcome: WebhookAnswer['outcome'], responseStatus: number | null): WebhookAnswer => ({
    outcome,
    responseStatus,
    answer: fault.why,
    retryAfterSeconds: null,
  });
  switch (fault.code) {
    case 'outbound.refused':
      return told('refused', null);
    case 'outbound.unavailable':
      return told('unavailable', null);
    case 'outbound.unknown_outcome':
      return told(fault.status !== null && isSuccess(fault.status) ? 'delivered' : 'unknown', fault.status);
  }
};

/** The beginning of a body as text on one line, without the signatures, should they come back. */
const shown = (body: Uint8Array, signatures: readonly string[]): string | null => {
  const text = new TextDecoder().decode(body);
  const clean = signatures
    .map((signature) => signature.replace(/^v\d+,/, ''))
    .reduce((told, signature) => told.replaceAll(signature, '…'), text)
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim();
  return clean === '' ? null : [...clean].slice(0, LONGEST_SHOWN).join('');
};
