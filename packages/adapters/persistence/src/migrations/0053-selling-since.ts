/**
 * Since when this installation sells subscriptions: one row, from the first start with a provider of them, and never changed. It is of no
 * organization, and says nothing of any.
 */
export const sellingSince = `
  CREATE TABLE selling_since (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    at timestamptz NOT NULL
  );
`;
