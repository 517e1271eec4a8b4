import { EXIT } from "../call/exit_code.ts";
import { textTable } from "../call/text_table.ts";
import type { Call, Verb } from "../call/verb.ts";
import type { QueryAnswer, QueryValue } from "../../mod.ts";

/** Maximum number of rows in a table on the terminal; CSV and JSON have all rows. */
const MOST_ROWS = 1000;

export const query: Verb = {
  name: "query",
  args: "STUDY SQL",
  count: [2, 2],
  summary: "Runs a SQL query on a study's tables (DuckDB), read only.",
  details:
    "The tables are heads, latents, deviations and projection; they share the column head_id. SQL must be a single SELECT. It cannot open " +
    "other files and changes nothing. Missing values are NULL; the grade of a head without a grade is -1.",
  options: {
    format: {
      kind: ["table", "csv", "json"],
      help: "output format (default table; --json is the same as --format json)",
    },
  },
  example: [
    'caput query studies/paper "select grade, count(*) heads, median(distance) from heads join deviations using (head_id) group by all order by grade"',
  ],
  async run(call) {
    const { queryStudy } = await import("../../mod.ts");
    const [study, sql] = call.args;
    const answer = await queryStudy(call.resolve(study), sql);
    const format = call.json ? "json" : call.options.format ?? "table";
    if (format === "csv") await printCsv(call, answer);
    else if (format === "json") await printJson(call, answer);
    else await printTable(call, answer);
    return EXIT.done;
  },
};

async function printCsv(call: Call, { columns, pieces }: QueryAnswer): Promise<void> {
  const { safeCell } = await import("../../mod.ts");
  const cell = (value: QueryValue) =>
    value === null || Number.isNaN(value) ? "" : safeCell(typeof value === "boolean" ? String(value) : value);
  call.print(columns.map(cell).join(","));
  for await (const rows of pieces) for (const row of rows) call.print(row.map(cell).join(","));
}

async function printJson(call: Call, { columns, pieces }: QueryAnswer): Promise<void> {
  for await (const rows of pieces) {
    for (const row of rows) call.printJson(Object.fromEntries(columns.map((name, j) => [name, row[j]])));
  }
}

async function printTable(call: Call, { columns, pieces }: QueryAnswer): Promise<void> {
  const lines: string[][] = [];
  for await (const rows of pieces) {
    lines.push(...rows.slice(0, MOST_ROWS + 1 - lines.length).map((row) => row.map(cellText)));
    if (lines.length > MOST_ROWS) break;
  }
  textTable(columns, lines.slice(0, MOST_ROWS)).forEach(call.print);
  if (lines.length > MOST_ROWS) call.note(`The first ${MOST_ROWS} rows; --format csv prints them all.`);
}

/** Numbers with up to six significant digits, integers in full; empty text and missing values as "(none)". */
function cellText(value: QueryValue): string {
  if (value === null || value === "") return "(none)";
  if (typeof value !== "number" || Number.isInteger(value)) return String(value);
  return String(Number(value.toPrecision(6)));
}
