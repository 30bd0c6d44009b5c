import { LocationId, type Shelf, type Sku, type StockLevel } from '@rappit/domain';
import fc from 'fast-check';

/** Ids of locations that sort in the order of their numbers. */
export const locationId = (index: number): LocationId => LocationId(`019b8d9d-0000-7000-8000-${String(index).padStart(12, '0')}`);

/** A level that keeps I1, often with little or nothing available. */
export const anyLevel = (at: Pick<StockLevel, 'sku' | 'locationId'>, max = 20): fc.Arbitrary<StockLevel> =>
  fc
    .record({ free: fc.nat({ max }), reserved: fc.nat({ max }), safetyStock: fc.oneof(fc.constant(0), fc.nat({ max: 5 })) })
    .map(({ free, reserved, safetyStock }) => ({
      ...at,
      onHand: free + reserved,
      reserved,
      safetyStock,
    }));

export type ShelfBounds = { readonly locations?: number; readonly max?: number; readonly allActive?: boolean };

/** The SKUs at up to so many locations; a SKU isn't at every one, priorities may be equal, some locations are out of use. */
export const anyShelves = (
  skus: readonly Sku[],
  { locations = 4, max = 20, allActive = false }: ShelfBounds = {},
): fc.Arbitrary<readonly Shelf[]> =>
  fc
    .array(fc.record({ priority: fc.nat({ max: 3 }), inUse: fc.nat({ max: 9 }) }), { maxLength: locations })
    .chain((places) =>
      fc.tuple(
        ...places.flatMap(({ priority, inUse }, index) =>
          skus.map((sku) =>
            fc.option(
              anyLevel({ sku, locationId: locationId(index) }, max).map((level) => ({
                level,
                location: { id: level.locationId, priority, active: allActive || inUse < 9 },
              })),
              { freq: 5 },
            ),
          ),
        ),
      ),
    )
    .map((shelves) => shelves.filter((shelf) => shelf !== null));
