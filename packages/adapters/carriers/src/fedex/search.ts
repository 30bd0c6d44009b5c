import { err, type FindRefused, type Label, ok, type Result } from '@rappit/domain';
import { dayOf, fieldsOf, listOf, textOf } from '../wire/reading.js';
import { notAnswered, notThere, type Search, settledAt } from '../wire/search.js';
import type { Asked } from './asking.js';
import { isHalf, isNothing, type Row, rowsOf, rowsOfSearch, timesOf } from './tracking.js';

/**
 * What was sold under a reference; every parcel of a shipment carries it. Parcels that ship on one day are one shipment's, told apart by
 * their sequence, and its first parcel is the master. Of several shipments the oldest counts, and the others are named in a warning.
 */
export const fromSearch = (asked: Asked, search: Search): Result<Label, FindRefused> => {
  const rows = rowsOf(asked, rowsOfSearch);
  if (!rows.ok) return notAnswered(rows.error);
  if (rows.value.length === 0 && isHalf(asked) && !isNothing(asked))
    return notAnswered({ code: 'carrier.unavailable', message: "FedEx's answer has errors in it." });
  const [oldest] = rows.value.flatMap((row) => shipDayOf(row) ?? []).sort();
  const parcels = rows.value.filter((row) => (shipDayOf(row) ?? oldest) === oldest).sort(bySequence);
  const [master] = parcels;
  if (!master) return notThere(search, 'FedEx');
  const until = settledAt(search);
  if (sequenceOf(master) > 1 && search.now < until)
    return err({ code: 'carrier.reference_unsettled', message: 'FedEx shows some of the parcels, and not the first.', until });
  return ok(
    foundLabel(
      master,
      parcels,
      rows.value.filter((row) => !parcels.includes(row)),
    ),
  );
};

/** A day when it ships; where FedEx doesn't say, the day of its first scan. */
const shipDayOf = ({ result }: Row): string | null => {
  const [first] = listOf(result['scanEvents'])
    .flatMap((scan) => textOf(fieldsOf(scan)['date']) ?? [])
    .sort();
  return dayOf(timesOf(result, 'SHIP')[0]) ?? dayOf(first);
};

const sequenceOf = ({ result }: Row): number => Number(fieldsOf(result['packageDetails'])['sequenceNumber'] ?? 0);

const bySequence = (one: Row, other: Row): number =>
  sequenceOf(one) - sequenceOf(other) || one.number.localeCompare(other.number);

/** Where two parcels have the same place, two shipments were sold on one day, and nobody knows whose parcels they are. */
const foundLabel = (master: Row, parcels: readonly Row[], others: readonly Row[]): Label => {
  const distinct = new Set(parcels.map(sequenceOf)).size === parcels.length;
  const count = Number(textOf(fieldsOf(master.result['packageDetails'])['count']) ?? parcels.length);
  const second = others.filter((row) => sequenceOf(row) <= 1).map(({ number }) => number);
  return {
    trackingNumber: master.number,
    parcelNumbers: distinct && parcels.length === count ? parcels.map(({ number }) => number) : [],
    service: textOf(fieldsOf(master.result['serviceDetail'])['type']),
    cost: null,
    documents: [],
    warnings: [
      'The label was bought, and FedEx prints none a second time.',
      ...(second.length > 0 ? [`FedEx shows another shipment under the same reference: ${second.join(', ')}.`] : []),
    ],
  };
};
