import { assert, assertClose, assertEquals, assertThrows } from "@std/assert";
import { clusteredShare } from "../../src/stats/clustered_share.ts";
import { binomialInterval } from "../../src/stats/binomial_interval.ts";
import { intraclassCorrelation } from "../../src/stats/intraclass_correlation.ts";
import { quadraticKappa } from "../../src/stats/quadratic_kappa.ts";
import { readFixture } from "./read_fixture.ts";

Deno.test("quadratic kappa agrees with scikit-learn", () => {
  const cases = readFixture("kappa_sklearn.json");
  assert(cases.length >= 100);
  for (const { counts, kappa } of cases) {
    assertClose(quadraticKappa(counts)!, kappa, { relative: 1e-10, absolute: 1e-14 });
  }
});

Deno.test("kappa of one column and row is not defined; of a perfect match 1", () => {
  assertEquals(quadraticKappa([[5, 0], [0, 0]]), null);
  assertEquals(quadraticKappa([[5, 0], [0, 2]]), 1);
  assertThrows(() => quadraticKappa([[0, 0], [0, 0]]), RangeError, "empty");
  assertThrows(() => quadraticKappa([[1, 0], [0]]), TypeError, "2 x 2");
  assertThrows(() => quadraticKappa([[1, NaN], [0, 1]]), RangeError, "NaN");
});

Deno.test("intraclass correlations and intervals agree with psych::ICC", () => {
  const cases = readFixture("agreement_r.json");
  assert(cases.length >= 100);
  for (const { rows, k, ...want } of cases) {
    const found = intraclassCorrelation(Float64Array.from(rows), k);
    assertClose([found.agreement, found.consistency], [want.agreement, want.consistency], {
      relative: 1e-9,
      absolute: 1e-12,
    });
    assertClose(found.agreementInterval, want.agreementInterval, { relative: 1e-9, absolute: 1e-9 });
    assertClose(found.consistencyInterval, want.consistencyInterval, { relative: 1e-9, absolute: 1e-9 });
  }
});

Deno.test("perfect repeats correlate perfectly; nothing to correlate is refused", () => {
  const found = intraclassCorrelation(Float64Array.of(1, 1, 2, 2, 5, 5), 2);
  assertEquals([found.agreement, found.consistency], [1, 1]);
  assertEquals(found.agreementInterval, [1, 1]);
  assertThrows(() => intraclassCorrelation(Float64Array.of(3, 3, 3, 3), 2), RangeError, "nothing varies");
  assertThrows(() => intraclassCorrelation(Float64Array.of(3, 3), 2), RangeError, "at least 2 subjects");
});

Deno.test("a share of independent heads has Wilson's interval; doubled heads do not shorten it", () => {
  const hits = [1, 0, 1, 1, 0, 1, 1, 1, 0, 1];
  const single = clusteredShare(hits, { cluster: hits.map((_, i) => i) });
  assertClose(
    single.interval[1] - single.interval[0],
    widthOf(binomialInterval(7, 10, { method: "wilson" })),
    {
      relative: 0.06, // design effect n / (n - 1) of the sample variance
    },
  );
  const doubled = clusteredShare([...hits, ...hits], { cluster: [...hits, ...hits].map((_, i) => i % 10) });
  assertClose(doubled.interval, single.interval, { relative: 1e-12 });
});

function widthOf([low, high]: readonly [number, number]): number {
  return high - low;
}

Deno.test("a share of all heads counts patients, not heads", () => {
  const all = clusteredShare([1, 1, 1, 1], { cluster: ["p", "p", "q", "q"] });
  assertClose(all.interval, binomialInterval(2, 2, { method: "wilson" }), { relative: 1e-12 });
  assertThrows(() => clusteredShare([]), RangeError, "no heads");
});
