import { assert, assertEquals } from "@std/assert";
import { answerByGrade } from "../../src/figures/answer_by_grade.ts";
import { equalAxes } from "../../src/figures/equal_axes.ts";
import { draw } from "./draw.ts";

Deno.test("answerByGrade: one row per grade, every head a tick, significant grades in bold", () => {
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

Deno.test("equalAxes: one unit has the same length on both axes, and all points are inside", () => {
  const points = [{ x: 0, y: 0 }, { x: 10, y: 1 }];
  const { x, y } = equalAxes(points, { widthPx: 300, heightPx: 200 });
  assertEquals((x[1] - x[0]) / 300, (y[1] - y[0]) / 200);
  assert(x[0] < 0 && x[1] > 10 && y[0] < 0 && y[1] > 1);
});
