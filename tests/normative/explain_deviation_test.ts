import { assert, assertClose, assertEquals } from "@std/assert";
import { explainDeviation } from "../../src/normative/explain_deviation.ts";
import { scoreDeviation } from "../../src/normative/score_deviation.ts";
import { model } from "./sample_model.ts";

Deno.test("explainDeviation: shares are sorted and sum to 1, and the parts reconstruct the head and its distance", () => {
  const head = Float64Array.of(9, -3, 5, 20), parts = explainDeviation(head, model);
  assertClose(parts.reduce((s, v) => s + v.share, 0), 1, { relative: 1e-12 });
  assertClose(Math.sqrt(parts.reduce((s, v) => s + v.z ** 2, 0)), scoreDeviation(head, model).distance, {
    relative: 1e-9,
  });
  assert(parts.every((v, i) => i === 0 || v.share <= parts[i - 1].share));
  const rebuilt = model.mean.map((m, j) => m + parts.reduce((s, v) => s + v.alone[j] - m, 0));
  assertClose(rebuilt, head, { relative: 1e-9 });
  const [first] = explainDeviation(parts[0].without, model).filter((v) => v.index === parts[0].index);
  assertClose(first.z, 0, { absolute: 1e-9 });
  assertEquals(explainDeviation(head, model, { limit: 2 }).length, 2);
});
