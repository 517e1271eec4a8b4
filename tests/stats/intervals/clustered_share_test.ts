import { assertClose, assertThrows } from "@std/assert";
import { binomialInterval } from "../../../src/stats/intervals/binomial_interval.ts";
import { clusteredShare, wilsonInterval } from "../../../src/stats/intervals/clustered_share.ts";

const hits = [1, 0, 1, 1, 0, 1, 1, 1, 0, 1];

Deno.test("clusteredShare: n independent heads have Wilson's interval for n - 1 heads", () => {
  // The sample variance over clusters has divisor n - 1, so the design effect is n / (n - 1).
  const found = clusteredShare(hits);
  assertClose(found.interval, wilsonInterval(0.7, 9, 0.95), { relative: 1e-12 });
});

Deno.test("clusteredShare: counting each head twice under its patient does not change the interval", () => {
  const single = clusteredShare(hits),
    doubled = clusteredShare([...hits, ...hits], {
      cluster: [...hits, ...hits].map((_, i) => i % 10),
    });
  assertClose(doubled.interval, single.interval, { relative: 1e-12 });
});

Deno.test("clusteredShare: a share of 1 has Wilson's interval for the number of patients; an empty list is rejected", () => {
  const all = clusteredShare([1, 1, 1, 1], { cluster: ["p", "p", "q", "q"] });
  assertClose(all.interval, binomialInterval(2, 2, { method: "wilson" }), { relative: 1e-12 });
  assertThrows(() => clusteredShare([]), RangeError, "at least one head");
});

Deno.test("wilsonInterval equals its formula written out", () => {
  const z = 1.959963984540054;
  for (const [hits, n] of [[7, 10], [1, 30], [29, 30]]) {
    const p = hits / n, root = Math.sqrt(p * (1 - p) / n + z * z / (4 * n * n));
    const ends = [-1, 1].map((sign) => (p + z * z / (2 * n) + sign * z * root) / (1 + z * z / n));
    assertClose(wilsonInterval(p, n, 0.95), ends, { relative: 1e-12 });
  }
});
