/** A shipment whose carrier owes an answer: to a purchase, or to a label that was asked back. */
export const IS_OWED = `(status IN ('purchasing', 'unknown') OR status = 'labelled' AND void_asked_at IS NOT NULL)`;

/** When somebody looks whether it happened all the same. */
export const OWED_AT = `coalesce(look_up_at, coalesce(void_asked_at, purchase_started_at) + interval '2 minutes')`;
