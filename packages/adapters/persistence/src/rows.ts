/** Columns of a table that we write, with their types: `{ id: 'uuid', quantity: 'bigint' }`. */
export type Columns = Readonly<Record<string, string>>;

export type Row = Readonly<Record<string, unknown>>;

/** Columns as they are declared: `id uuid, quantity bigint`. */
export const asColumns = (columns: Columns): string =>
  Object.entries(columns)
    .map(([name, type]) => `${name} ${type}`)
    .join(', ');

/** `json_to_recordset(…) AS alias(…)`: any number of rows in one parameter, so that no statement is sent per row. */
export const recordset = (parameter: string, alias: string, columns: Columns): string =>
  `json_to_recordset(${parameter}::json) AS ${alias}(${asColumns(columns)})`;

/** Inserts any number of rows of one organization. Parameters: the organization, then the rows as JSON. */
export const insertRows = (
  table: string,
  columns: Columns,
  parameters: readonly [organization: string, rows: string] = ['?', '?'],
): string => {
  const names = Object.keys(columns).join(', ');
  return `INSERT INTO ${table} (organization_id, ${names}) SELECT ${parameters[0]}::uuid, ${names} FROM ${recordset(parameters[1], 'r', columns)}`;
};

/** Between two values of a column. JSON never holds it but as an escape. */
export const SEPARATOR = '\u001f';

/**
 * `unnest(…) AS alias(…)`: any number of rows, a parameter for each column, from the one that is named. It costs PostgreSQL less to
 * read than one document for all of them (docs/performance.md).
 */
export const joinedRows = (first: number, alias: string, columns: Columns): string => {
  const arrays = Object.values(columns).map((type, index) => `string_to_array($${first + index}, '${SEPARATOR}', '')::${type}[]`);
  return `unnest(${arrays.join(', ')}) AS ${alias}(${Object.keys(columns).join(', ')})`;
};

/** The parameters of `joinedRows`; undefined where a text is empty or holds the separator, which can't be said in this way. */
export const joinedColumns = (columns: Columns, rows: readonly Row[]): readonly string[] | undefined => {
  const joined: string[] = [];
  for (const [name, type] of Object.entries(columns)) {
    const values: string[] = [];
    let isTold = false;
    for (const row of rows) {
      const value = row[name];
      const text = value === null || value === undefined ? '' : asText(value, type);
      if (text === undefined) return undefined;
      isTold ||= text !== '';
      values.push(text);
    }
    // What nobody has is left out whole: `unnest` makes up for it with nulls.
    joined.push(isTold ? values.join(SEPARATOR) : '');
  }
  return joined;
};

const asText = (value: unknown, type: string): string | undefined => {
  if (typeof value === 'string' && type === 'text') return value === '' || value.includes(SEPARATOR) ? undefined : value;
  if (type === 'json' || type === 'jsonb') return JSON.stringify(value);
  return value instanceof Date ? value.toISOString() : String(value);
};
