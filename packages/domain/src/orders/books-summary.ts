/** What is kept of the last reconciliation, for dashboards and alarms. All of it is 0 while the books hold. */
export type BooksSummary = {
  readonly at: Date;
  /** Units promised beyond what is on hand (I1). */
  readonly oversoldUnits: number;
  /** Units by which levels differ from their ledger, and chains with a fault (I3). */
  readonly ledgerDriftUnits: number;
  /** Units that are reserved for no line that knows of them, or the other way round (I2). */
  readonly orphanedReservations: number;
};
