import { assertEquals } from "@std/assert";
import { distanceLines, referenceLines } from "../../../../dashboards/page/state/reference_lines.ts";
import type { Store } from "../../../../dashboards/page/state/store.ts";

Deno.test("distanceLines gives percentiles of the study's distances while another measure is shown", () => {
  const store = {
    study: { normative: { referenceDistances: Array.from({ length: 100 }, (_, i) => i + 1) } },
    deviations: {
      measure: "residual",
      reference: Float64Array.from({ length: 100 }, (_, i) => (i + 1) / 100),
    },
  } as unknown as Store;
  assertEquals(distanceLines(store), [
    { value: 50, label: "median" },
    { value: 95, label: "95 %" },
    { value: 99, label: "99 %" },
  ]);
  assertEquals(referenceLines(store).map(({ value }) => value), [0.5, 0.95, 0.99]);
  const few = { deviations: { reference: new Float64Array(19) } } as unknown as Store;
  assertEquals(referenceLines(few), [], "fewer than 20 heads");
});
