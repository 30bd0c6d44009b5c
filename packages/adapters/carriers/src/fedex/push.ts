import { createHmac } from 'node:crypto';
import type { NumberTold, PushReader } from '@rappit/domain';
import { sameSecret } from '../wire/proof.js';
import { jsonOf, toldOf } from '../wire/push.js';
import { type Fields, fieldsOf, listOf, parcelNumberOf } from '../wire/reading.js';
import { fromTracking } from './tracking.js';

/**
 * FedEx's webhook ("Advanced Integrated Visibility"): `fdx-signature` is the base64 of the body's HMAC-SHA256 with the security token that
 * was given to FedEx, and the body tells of parcels in the words of its tracking. Only the one canonical spelling of the signature counts.
 */
export const fedexPush = (securityToken: string | null): PushReader => ({
  carrier: 'fedex',
  verifies: ({ body, proof }) =>
    securityToken !== null &&
    securityToken !== '' &&
    sameSecret(proof, createHmac('sha256', securityToken).update(body).digest('base64')),
  numbers: (text) => toldOf(resultsIn(jsonOf(text)).flatMap(toldIn)),
  tracked: ({ number, said }) => {
    const output = { completeTrackResults: [{ trackingNumber: number, trackResults: listOf(jsonOf(said)) }] };
    const tracked = fromTracking([number], { ok: true, value: { kind: 'answered', status: 200, json: { output } } });
    const [only] = tracked.ok ? tracked.value : [];
    return only && (only.status !== null || only.events.length > 0) ? only : null;
  },
});

/** Results by their numbers, as an answer of tracking has them, or bare; one or many. */
const resultsIn = (json: unknown): readonly Fields[] => {
  if (Array.isArray(json)) return json.flatMap(resultsIn);
  const fields = fieldsOf(json);
  const complete = fieldsOf(fields['output'])['completeTrackResults'] ?? fields['completeTrackResults'];
  return Array.isArray(complete) ? complete.map(fieldsOf) : [fields];
};

const toldIn = (fields: Fields): readonly NumberTold[] => {
  const results = Array.isArray(fields['trackResults']) ? fields['trackResults'] : [fields];
  const info = fieldsOf(fieldsOf(results[0])['trackingNumberInfo']);
  const number = parcelNumberOf(fields['trackingNumber']) ?? parcelNumberOf(info['trackingNumber']);
  return number === null ? [] : [{ number, said: JSON.stringify(results.map((one) => kept(fieldsOf(one)))) }];
};

/** What is read of a result; names and addresses are nobody's business here. */
const kept = ({ scanEvents, latestStatusDetail, dateAndTimes, estimatedDeliveryTimeWindow, error }: Fields): Fields => ({
  scanEvents,
  latestStatusDetail,
  dateAndTimes,
  estimatedDeliveryTimeWindow,
  error,
});
