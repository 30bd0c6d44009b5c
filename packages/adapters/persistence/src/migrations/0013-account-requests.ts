/**
 * What was asked for an e-mail address before it is known whose it is. A shared table, since it belongs to no organization yet, and a
 * queue: a row is due until its mail is on the way, and is deleted when its link is used. Tokens are kept as digests.
 */
export const accountRequests = `
  ALTER TABLE users ADD COLUMN language text NOT NULL DEFAULT 'en';
  CREATE TABLE account_requests (
    id uuid PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('registration', 'passwordReset')),
    email text NOT NULL,
    language text NOT NULL,
    registrant jsonb,
    token_hash text,
    expires_at timestamptz NOT NULL,
    status text NOT NULL DEFAULT 'due' CHECK (status IN ('due', 'done', 'dead')),
    due_at timestamptz NOT NULL DEFAULT now(),
    attempts integer NOT NULL DEFAULT 0,
    reason text,
    CHECK ((kind = 'registration') = (registrant IS NOT NULL))
  );
  CREATE UNIQUE INDEX account_requests_token ON account_requests (token_hash);
  CREATE INDEX account_requests_due ON account_requests (due_at) WHERE status = 'due';
  CREATE INDEX account_requests_email ON account_requests (lower(email));
  CREATE INDEX account_requests_expiry ON account_requests (expires_at);
`;
