/** One row of a sheet by column, as somebody would type it; null is an empty cell. */
export type Cells<Column extends string> = Readonly<Record<Column, string | number | null>>;
