import { assert, assertClose, assertEquals, assertThrows } from "@std/assert";
import { bcaInterval } from "../../../src/stats/intervals/bca_interval.ts";
import { readFixture } from "../read_fixture.ts";

Deno.test("BCa agrees with SciPy on stored resamples", () => {
  const cases = readFixture("bootstrap_scipy.json");
  assert(cases.length >= 100);
  for (const { estimate, replicates, jackknife, level, interval } of cases) {
    const found = bcaInterval(estimate, {
      replicates: Float64Array.from(replicates),
      jackknife: Float64Array.from(jackknife),
      level,
    });
    assertClose(found, interval, { relative: 1e-10, absolute: 1e-12 });
  }
});

Deno.test("BCa: if replicates and leave-one-out values do not vary, both limits are the estimate", () => {
  const flat = new Float64Array(9).fill(3);
  assertEquals(bcaInterval(3, { replicates: flat, jackknife: flat }), [3, 3]);
});

Deno.test("BCa: if every replicate is on one side of the estimate, the interval is that of the percentiles", () => {
  const replicates = Float64Array.from({ length: 101 }, (_, i) => i);
  const found = bcaInterval(-5, { replicates, jackknife: Float64Array.of(1, 2, 4), level: 0.9 });
  assertClose(found, [5, 95], { relative: 1e-12 });
});

Deno.test("BCa needs replicates and at least 2 leave-one-out values", () => {
  const one = Float64Array.of(1);
  assertThrows(
    () => bcaInterval(1, { replicates: one, jackknife: one }),
    RangeError,
    "at least 2 leave-one-out",
  );
  assertThrows(
    () => bcaInterval(1, { replicates: new Float64Array(0), jackknife: Float64Array.of(1, 2) }),
    RangeError,
    "got 0 and 2",
  );
});
