/** Of what an organization's admins were reminded last: which deadline, and how many days before it. */
export const reminded = `ALTER TABLE subscriptions ADD COLUMN reminded jsonb;`;
