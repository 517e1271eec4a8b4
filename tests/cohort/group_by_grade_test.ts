import { assertEquals } from "@std/assert";
import { groupByGrade } from "../../src/cohort/group_by_grade.ts";

Deno.test("groupByGrade: each of the grades 0 to 4 has a list, possibly empty, and rows keep their order", () => {
  const rows = ([2, 0, 2, 4] as const).map((grade, i) => ({ grade, i }));
  assertEquals([...groupByGrade(rows)].map(([grade, group]) => [grade, ...group.map(({ i }) => i)]), [
    [0, 1],
    [1],
    [2, 0, 2],
    [3],
    [4, 3],
  ]);
});
