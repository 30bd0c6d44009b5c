/** One purchase as a carrier's books have it. */
export type Sold = {
  readonly reference: string;
  readonly number: string;
  readonly pieces: readonly string[];
  readonly service: string;
  /** The day when it ships, `YYYY-MM-DD`: searches go by it. */
  readonly shipsOn: string;
  readonly soldAt: Date;
};

/** What a carrier sees of a parcel. */
export type SeenScan = {
  readonly at: Date;
  readonly status: 'pickedUp' | 'inTransit' | 'outForDelivery' | 'delivered' | 'returned';
};

/** Days as `YYYY-MM-DD`. */
export type ShipDays = { readonly from: string; readonly to: string };

export type BooksOptions = { readonly now: () => Date; readonly settlesAfterMs: number };

/** A carrier's memory: sales, scans and pickups. It sells again when it is asked again, as real carriers do. */
export const carrierBooks = ({ now, settlesAfterMs }: BooksOptions) => {
  const sold: Sold[] = [];
  const scans = new Map<string, readonly SeenScan[]>();
  const voided = new Set<string>();
  const pickups = new Set<string>();
  return {
    add: (sale: Omit<Sold, 'soldAt'>): Sold => {
      const added = { ...sale, soldAt: now() };
      sold.push(added);
      return added;
    },
    sold: () => [...sold],
    count: () => sold.length,
    byNumber: (number: string) => sold.find((one) => one.number === number),
    /** What can be found by now among what ships on these days, both included, oldest first. */
    byReference: (reference: string, { from, to }: ShipDays) =>
      sold.filter(
        (one) =>
          one.reference === reference &&
          one.shipsOn >= from &&
          one.shipsOn <= to &&
          one.soldAt.getTime() + settlesAfterMs <= now().getTime(),
      ),
    scan: (number: string, seen: readonly SeenScan[]): void => {
      scans.set(number, [...(scans.get(number) ?? []), ...seen]);
    },
    scansOf: (number: string) => scans.get(number) ?? [],
    isDelivered: (number: string) => (scans.get(number) ?? []).some(({ status }) => status === 'delivered'),
    voided,
    pickups,
    now,
  };
};
export type CarrierBooks = ReturnType<typeof carrierBooks>;
