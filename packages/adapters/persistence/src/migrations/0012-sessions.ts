/**
 * Who is signed in where. Shared tables, like users: a session belongs to a user, whichever organization it is for just now.
 * Refresh tokens are kept as digests, the used ones too, since a token that comes a second time ends its session.
 */
export const sessions = `
  ALTER TABLE users ADD COLUMN disabled_at timestamptz;
  CREATE TABLE sessions (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    device text,
    started_at timestamptz NOT NULL,
    refreshed_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    ended_at timestamptz
  );
  CREATE INDEX sessions_open ON sessions (user_id) WHERE ended_at IS NULL;
  CREATE INDEX sessions_organization ON sessions (organization_id);
  CREATE TABLE session_tokens (
    hash text PRIMARY KEY,
    session_id uuid NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    used boolean NOT NULL DEFAULT false
  );
  CREATE INDEX session_tokens_session ON session_tokens (session_id);
`;
