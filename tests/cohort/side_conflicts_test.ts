import { assertEquals } from "@std/assert";
import { sideConflicts } from "../../src/cohort/side_conflicts.ts";
import type { Side } from "../../src/types.ts";

const row = (at: number, radiograph: string, side: Side) => ({
  row: at,
  headId: `${radiograph}#${side}`,
  radiograph,
  patient: radiograph,
  side,
  grade: 0 as const,
});

Deno.test("sideConflicts: films of one hip are compared with their header; films listed with both sides or an unknown side, and films without a side in the header, are not", () => {
  const rows = [
    row(2, "a", "right"),
    row(3, "b", "left"),
    row(4, "c", "right"),
    row(5, "c", "left"),
    row(6, "d", "unknown"),
    row(7, "e", "left"),
  ];
  const headers = new Map<string, Side>([["a", "left"], ["b", "left"], ["c", "left"], ["d", "left"], [
    "e",
    "unknown",
  ]]);
  assertEquals(sideConflicts(rows, headers).map(({ code, rows }) => [code, ...rows]), [["side-conflict", 2]]);
});
