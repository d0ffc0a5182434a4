import { table } from "../src/commands/table.js";
import type { Report } from "./report.js";

/** Every number of a report as a row: case, what, median and quartiles. */
export const reportTable = (report: Report): string =>
  table(
    ["case", "what", "median", "quartiles"],
    rowsOf(report).map(({ key, name, value, quartiles }) => [
      key,
      name,
      value ?? "nothing to measure against",
      quartiles ? quartiles.join(" to ") : "",
    ]),
  );

export interface Row {
  readonly key: string;
  readonly name: string;
  readonly value: number | null;
  readonly quartiles?: readonly [number, number];
}

/** The numbers of a report one by one. */
export const rowsOf = (report: Report): readonly Row[] =>
  Object.keys(report.quartiles).flatMap((key) =>
    Object.entries(report[key] as Readonly<Record<string, number | null>>).map(([name, value]) => ({
      key,
      name,
      value,
      quartiles: report.quartiles[key][name],
    })),
  );
