import { assert, assertEquals } from "@std/assert";
import { answerByGrade } from "../../src/figures/answer_by_grade.ts";
import { equalAxes } from "../../src/figures/equal_axes.ts";
import { draw } from "./draw.ts";

Deno.test("answerByGrade: one row per grade with its note, significant grades in bold", () => {
  const svg = draw((document) =>
    answerByGrade([
      { grade: 0, values: [1, 2, 3] },
      { grade: 4, values: [5, 6], note: "p < 0.001", differs: true },
    ], { document, width: 400, reference: { value: 3, label: "99 %" } })
  );
  assert(svg.includes("p &lt; 0.001") || svg.includes("p < 0.001"), svg);
  assertEquals([...svg.matchAll(/font-weight="700"[^>]*>.*?grade (\d)/g)].map((match) => match[1]), ["4"]);
  assertEquals([...svg.matchAll(/<circle/g)].length, 2);
});

Deno.test("answerByGrade: only the heads that `thin` selects are drawn, and the median is that of all", () => {
  const values = Array.from({ length: 101 }, (_, i) => 10 - i / 10); // 0 to 10
  const drawn = (thin?: <T>(items: readonly T[]) => readonly T[]) =>
    draw((document) => answerByGrade([{ grade: 0, values }], { document, width: 400, thin }));
  const ticks = (svg: string) => [...svg.matchAll(/<line /g)].length;
  const [all, few] = [drawn(), drawn((items) => [items[0], items[1], items[100]])];
  assertEquals(ticks(all) - ticks(few), 98);
  const median = (svg: string) => /<circle[^>]*cx="([\d.]+)"/.exec(svg)![1];
  assertEquals(median(all), median(few));
  assert(all.includes(">10<") && !all.includes("1e+1"), "a tick of 10 is written as 10");
});

Deno.test("equalAxes: one unit has the same length on both axes, and all points are inside", () => {
  const points = [{ x: 0, y: 0 }, { x: 10, y: 1 }];
  const { x, y } = equalAxes(points, { widthPx: 300, heightPx: 200 });
  assertEquals((x[1] - x[0]) / 300, (y[1] - y[0]) / 200);
  assert(x[0] < 0 && x[1] > 10 && y[0] < 0 && y[1] > 1);
});
