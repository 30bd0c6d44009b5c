/** What was paid of an order and given back of it. Null in rows from before, and of a version that knows nothing of amounts. */
export const amounts = `
  ALTER TABLE orders
    ADD COLUMN paid_minor bigint CHECK (paid_minor >= 0),
    ADD COLUMN refunded_minor bigint CHECK (refunded_minor BETWEEN 0 AND paid_minor);
`;
