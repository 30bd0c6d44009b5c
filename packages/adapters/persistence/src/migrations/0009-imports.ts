import { tenantPolicies } from './tenant-table.js';

/**
 * Sheets that were sent, and how far the work on them is. Their rows are kept until they are worked off; `import_rows_key` finds what is
 * told twice in one sheet, however long it is.
 */
export const imports = `
  CREATE TABLE imports (
    organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('items', 'stock')),
    dry_run boolean NOT NULL,
    state text NOT NULL CHECK (state IN ('receiving', 'waiting', 'running', 'done', 'failed')),
    header jsonb NOT NULL,
    actor jsonb NOT NULL,
    rows integer NOT NULL,
    last_line integer NOT NULL,
    created integer NOT NULL,
    changed integer NOT NULL,
    unchanged integer NOT NULL,
    refused integer NOT NULL,
    faults integer NOT NULL,
    attempts integer NOT NULL,
    created_at timestamptz NOT NULL,
    started_at timestamptz,
    ended_at timestamptz,
    PRIMARY KEY (organization_id, id)
  );
  CREATE INDEX imports_unfinished ON imports (organization_id, id) WHERE state IN ('receiving', 'waiting', 'running');
  CREATE TABLE import_rows (
    organization_id uuid NOT NULL,
    import_id uuid NOT NULL,
    line integer NOT NULL,
    key text COLLATE "C",
    cells jsonb NOT NULL,
    PRIMARY KEY (organization_id, import_id, line),
    FOREIGN KEY (organization_id, import_id) REFERENCES imports (organization_id, id) ON DELETE CASCADE
  );
  CREATE INDEX import_rows_key ON import_rows (organization_id, import_id, key, line);
  CREATE TABLE import_faults (
    organization_id uuid NOT NULL,
    import_id uuid NOT NULL,
    id uuid NOT NULL,
    line integer NOT NULL,
    column_name text,
    code text NOT NULL,
    message text NOT NULL,
    PRIMARY KEY (organization_id, import_id, id),
    FOREIGN KEY (organization_id, import_id) REFERENCES imports (organization_id, id) ON DELETE CASCADE
  );
  ${tenantPolicies(['imports', 'import_rows', 'import_faults'])}
`;
