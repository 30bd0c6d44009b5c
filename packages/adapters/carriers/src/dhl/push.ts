import type { PushReader } from '@rappit/domain';
import { sameSecret } from '../wire/proof.js';
import { jsonOf, toldOf } from '../wire/push.js';
import { type Fields, fieldsOf, listOf, parcelNumberOf } from '../wire/reading.js';

/**
 * DHL's push API signs nothing: whoever subscribes names a token, which DHL sends along. It proves who knows it, and not what was sent, so
 * that only the numbers are read, and DHL is asked about them.
 */
export const dhlPush = (token: string | null): PushReader => ({
  carrier: 'dhl',
  verifies: ({ proof }) => token !== null && sameSecret(proof, token),
  numbers: (text) => {
    const json = jsonOf(text);
    const rows = Array.isArray(json) ? json.map(fieldsOf) : shipmentsIn(fieldsOf(json));
    return toldOf(rows.flatMap(numberIn).map((number) => ({ number, said: '' })));
  },
  tracked: () => null,
});

const shipmentsIn = (fields: Fields): readonly Fields[] =>
  Array.isArray(fields['shipments']) ? listOf(fields['shipments']).map(fieldsOf) : [fields];

const numberIn = ({ shipmentTrackingNumber, trackingNumber, id }: Fields): readonly string[] => {
  const number = parcelNumberOf(shipmentTrackingNumber) ?? parcelNumberOf(trackingNumber) ?? parcelNumberOf(id);
  return number === null ? [] : [number];
};
