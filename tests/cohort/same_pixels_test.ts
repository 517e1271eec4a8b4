import { assertEquals } from "@std/assert";
import { samePixels } from "../../src/cohort/same_pixels.ts";

const row = (patient: string, radiograph: string, at: number) => ({
  row: at,
  headId: `${radiograph}#right`,
  radiograph,
  patient,
  side: "right" as const,
  grade: 0 as const,
});

Deno.test("samePixels: the same image under two patients is reported, and the patients must stay in one subset; under two file names of one patient it is reported", () => {
  const rows = [
    row("p1", "a", 2),
    row("p2", "b", 3),
    row("p3", "c", 4),
    row("p3", "d", 5),
    row("p4", "e", 6),
    row("p4", "e", 7),
  ];
  const hashes = new Map([["a", "1"], ["b", "1"], ["c", "2"], ["d", "2"], ["e", "3"]]);
  const { problems, together } = samePixels(rows, hashes);
  assertEquals(problems.map(({ code, rows }) => [code, ...rows]), [["same-pixels-two-patients", 2, 3], [
    "same-pixels",
    4,
    5,
  ]]);
  assertEquals(together, [["p1", "p2"]]);
});
