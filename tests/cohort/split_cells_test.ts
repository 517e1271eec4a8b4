import { assert, assertEquals } from "@std/assert";
import { parse } from "csv-parse/sync";
import { splitCells } from "../../src/cohort/split_cells.ts";

/** Rows and cells as csv-parse gives them with everything relaxed. */
function byLibrary(text: string): unknown {
  try {
    const records = parse(text, {
      bom: true,
      relax_quotes: true,
      relax_column_count: true,
      trim: true,
      info: true,
    });
    return (records as unknown as { record: string[]; info: { lines: number } }[])
      .map(({ record, info }) => ({ row: info.lines, cells: record }));
  } catch {
    return "refused";
  }
}

Deno.test("splitCells: what a plain table holds, as csv-parse reads it too", () => {
  for (
    const text of ["a,b\n1,2\n", "a,b\r\n1,2\r\n", "a,b\r1,2", 'a,b\n "x,""y""" ,2\n', 'a,b\nx "y" z,2\n']
  ) {
    assertEquals(splitCells(text).records, byLibrary(text) as never, JSON.stringify(text));
  }
});

Deno.test("splitCells: what csv-parse reads otherwise, the reason that it is ours", () => {
  const header = { row: 1, cells: ["a", "b"] };
  const cases: [string, unknown][] = [
    ["a,b\r\n1,2\n3,4\r5,6\n", [
      header,
      { row: 2, cells: ["1", "2"] },
      { row: 3, cells: ["3", "4"] },
      { row: 4, cells: ["5", "6"] },
    ]],
    ['a,b\n"x\nz",2\n3,4\n', [header, { row: 2, cells: ["x\nz", "2"] }, { row: 3, cells: ["3", "4"] }]],
    ['a,b\n"x"y,2\n', [header, { row: 2, cells: ["xy", "2"] }]],
  ];
  for (const [text, records] of cases) {
    assertEquals(splitCells(text).records, records as never, JSON.stringify(text));
    const theirs = JSON.stringify(byLibrary(text));
    assert(theirs !== JSON.stringify(records), "csv-parse reads this now as we do: use it");
  }
});
