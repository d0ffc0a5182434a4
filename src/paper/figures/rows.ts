/** One observation: numbers and words by column. Null where there is no number, such as the error of an exact value. */
export type Row = Readonly<Record<string, number | string | null>>;

/** Rows of a table, one an observation. All rows of a table have the same columns. */
export type Rows = readonly [table: string, rows: readonly Row[]];

/** Given every number behind the marks as soon as it is known. */
export type Keep = (...rows: Rows) => void;
