import { assertClose, assertThrows } from "@std/assert";
import { binomialInterval } from "../../../src/stats/intervals/binomial_interval.ts";
import { clusteredShare, wilsonInterval } from "../../../src/stats/intervals/clustered_share.ts";

const hits = [1, 0, 1, 1, 0, 1, 1, 1, 0, 1];

Deno.test("independent heads have Wilson's interval on n - 1 heads", () => {
  // The sample variance over clusters has divisor n - 1, so the design effect is n / (n - 1).
  const found = clusteredShare(hits);
  assertClose(found.interval, wilsonInterval(0.7, 9, 0.95), { relative: 1e-12 });
});

Deno.test("counting each head twice under its patient adds no information", () => {
  const single = clusteredShare(hits),
    doubled = clusteredShare([...hits, ...hits], {
      cluster: [...hits, ...hits].map((_, i) => i % 10),
    });
  assertClose(doubled.interval, single.interval, { relative: 1e-12 });
});

Deno.test("the interval of a proportion depends on the number of patients, not heads", () => {
  const all = clusteredShare([1, 1, 1, 1], { cluster: ["p", "p", "q", "q"] });
  assertClose(all.interval, binomialInterval(2, 2, { method: "wilson" }), { relative: 1e-12 });
  assertThrows(() => clusteredShare([]), RangeError, "at least one head");
});
