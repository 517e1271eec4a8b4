import { assertEquals } from "@std/assert";
import { plainCell, safeCell } from "../../src/files/safe_cell.ts";
import { splitCells } from "../../src/cohort/split_cells.ts";

const texts = [
  "=1+1",
  "+49 30",
  "-x",
  "@SUM(A1)",
  "\tx",
  "a,b",
  'say "x"',
  "two\nlines",
  " padded ",
  "plain",
  "'quoted",
  "",
];

Deno.test("safeCell: no text starts with a character that a spreadsheet executes; numbers are unchanged", () => {
  for (const text of texts) assertEquals(/^"?[=+\-@\t\r]/.test(safeCell(text)), false, text);
  assertEquals([safeCell(-1.5), safeCell(3)], ["-1.5", "3"]);
});

Deno.test("safeCell and plainCell: texts without outer spaces survive a round trip", () => {
  const line = ["id", ...texts.filter((text) => text.trim() === text)].map(safeCell).join(",");
  const { records: [{ cells }] } = splitCells(line);
  assertEquals(cells.map(plainCell), ["id", ...texts.filter((text) => text.trim() === text)]);
});
