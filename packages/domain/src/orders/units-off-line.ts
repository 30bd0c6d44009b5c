import {
  isPinned,
  lineUnits,
  type Occasion,
  otherKitParts,
  type Parts,
  type Reservation,
  together,
  upTo,
} from '../inventory/index.js';
import type { OrderLine } from './order-line.js';

/** Units of a line that are still to leave. */
export const openUnits = ({ pending, reserved, backordered }: OrderLine): number => pending + reserved + backordered;

const freeOf = (line: OrderLine, open: readonly Reservation[]): readonly Reservation[] =>
  open.filter((one) => one.orderLineId === line.id && !isPinned(one));

/** Those of them for which no label is being bought. `open` are the order's open reservations. */
export const freeUnits = (line: OrderLine, open: readonly Reservation[]): number =>
  line.pending + line.backordered + lineUnits(freeOf(line, open));

/** A line without some of its open units, and the promises that end with them; the splits that made them fit are in `change`. */
export type TakenOff = Parts & { readonly line: OrderLine };

/**
 * Takes free units off a line, and leaves it to the caller what they become.
 * Those that nobody tried to promise go first, then those that wait, then the latest promises; of a kit whole ones, each from one location.
 */
export const takeOff = (
  occasion: Occasion,
  { line, open }: { readonly line: OrderLine; readonly open: readonly Reservation[] },
  units: number,
): TakenOff => {
  const pending = Math.min(units, line.pending);
  const backordered = Math.min(units - pending, line.backordered);
  const reserved = units - pending - backordered;
  return {
    line: {
      ...line,
      pending: line.pending - pending,
      backordered: line.backordered - backordered,
      reserved: line.reserved - reserved,
    },
    ...unitsOfPromises(occasion, [...freeOf(line, open)].reverse(), reserved),
  };
};

/** The same of promised units alone, the oldest promises first; answers how many there were, at most as many as were asked for. */
export const takePromised = (
  occasion: Occasion,
  { line, open }: { readonly line: OrderLine; readonly open: readonly Reservation[] },
  most: number,
): TakenOff & { readonly units: number } => {
  const free = freeOf(line, open);
  const units = Math.min(most, lineUnits(free));
  return { line: { ...line, reserved: line.reserved - units }, units, ...unitsOfPromises(occasion, free, units) };
};

/** Promises of one line that come to so many units of it, first to last and the last one split where need be. There are as many. */
export const unitsOfPromises = (occasion: Occasion, promises: readonly Reservation[], units: number): Parts => {
  const [one] = promises;
  const perUnit = one?.unitQuantity ?? 1;
  const first = upTo(
    occasion,
    promises.filter(({ sku }) => sku === one?.sku),
    units * perUnit,
  );
  const places = [...new Set(first.parts.map(({ locationId }) => locationId))];
  const others = places.map((place) =>
    otherKitParts(
      occasion,
      first.parts.filter(({ locationId }) => locationId === place),
      promises,
    ),
  );
  return {
    change: together([first.change, ...others.map(({ change }) => change)]),
    parts: [...first.parts, ...others.flatMap(({ parts }) => parts)],
  };
};
