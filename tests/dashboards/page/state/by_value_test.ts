import { assertEquals } from "@std/assert";
import { furthestHead, medianHead } from "../../../../dashboards/page/state/by_value.ts";

const deviations = { value: Float64Array.of(NaN, 5, 1, NaN, 3, NaN, 2) };

Deno.test("medianHead and furthestHead: only heads that have a value and that the caller includes; -1 if there is no such head", () => {
  assertEquals(medianHead(deviations, () => true), 4);
  assertEquals(medianHead(deviations, (i) => i !== 1), 6);
  assertEquals(furthestHead(deviations, () => true), 1);
  assertEquals(furthestHead(deviations, (i) => i !== 1), 4);
  for (const headOf of [medianHead, furthestHead]) {
    assertEquals(headOf(deviations, (i) => i === 3), -1, "no value");
    assertEquals(headOf(deviations, () => false), -1);
  }
});
