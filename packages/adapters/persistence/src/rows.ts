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
