import { assertEquals } from "@std/assert";
import { arrayLines } from "../../../src/study/cluster/array_lines.ts";

Deno.test("arrayLines: ranges as Slurm writes them", () => {
  assertEquals(arrayLines([3, 7, 8, 9, 11]), [{ offset: 0, list: "3,7-9,11" }]);
  assertEquals(arrayLines([]), []);
});

Deno.test("arrayLines: no task is numbered 1000 or higher", () => {
  const lines = arrayLines([998, 999, 1000, 1001, 2500]);
  assertEquals(lines, [{ offset: 0, list: "998-999" }, { offset: 1000, list: "0-1" }, {
    offset: 2000,
    list: "500",
  }]);
});
