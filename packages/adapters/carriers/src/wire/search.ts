import { type AskRefused, type Err, err, type FindRefused, type PurchaseTrace } from '@rappit/domain';

/** A search for a purchase: when it is made, and how long its carrier may take to show what it has sold. */
export type Search = {
  readonly trace: PurchaseTrace;
  readonly now: Date;
  readonly settlesAfterMs: number;
  /** Where the carrier can be asked for what ships by now only: since when the search has reached the day when this ships. */
  readonly shownFrom?: Date;
};

/** When the carrier has had its time to show all that it has sold. */
export const settledAt = ({ trace, settlesAfterMs, shownFrom = trace.askedAt }: Search): Date =>
  new Date(Math.max(trace.askedAt.getTime(), shownFrom.getTime()) + settlesAfterMs);

/** Nothing was found: that is a no only when the carrier has had its time. */
export const notThere = (search: Search, carrier: string): Err<FindRefused> => {
  const until = settledAt(search);
  if (until <= search.now) return err({ code: 'carrier.reference_unknown' });
  const message = `${carrier} may show a number as late as a day after it has sold it.`;
  return err({ code: 'carrier.reference_unsettled', message, until });
};

/** A question that wasn't answered says nothing of the purchase. */
export const notAnswered = (refusal: AskRefused): Err<FindRefused> =>
  err(refusal.code === 'carrier.unauthorized' ? refusal : { code: 'carrier.unavailable', message: refusal.message });
