import { assertEquals } from "@std/assert";
import { flowFigure } from "../../../src/report/figures/cohort_figures.ts";
import type { OpenStudy } from "../../../src/report/read/read_study.ts";

Deno.test("flowFigure: heads without a grade are not counted as diseased", () => {
  const heads = [0, 0, 3, -1].map((grade, i) => ({ patient: `p${i}`, split: "held-out", grade }));
  const study = { cohort: { films: 4 } };
  const { rows } = flowFigure({ study, heads, failures: [] } as unknown as OpenStudy);
  assertEquals(rows.at(-1), { part: "held-out", n: 4, detail: "2 healthy, 1 diseased, 1 without a grade" });
});
