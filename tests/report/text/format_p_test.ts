import { assertEquals, assertThrows } from "@std/assert";
import { formatP, type PStyle } from "../../../src/report/text/format_p.ts";

const EXPECTED: Record<PStyle, readonly string[]> = {
  apa: ["p < .001", "p = .004", "p = .032", "p = .060", "p = .500", "p > .999"],
  nejm: ["P<0.001", "P=0.004", "P=0.03", "P=0.06", "P=0.50", "P>0.99"],
  lancet: ["p<0.0001", "p=0.004", "p=0.032", "p=0.060", "p=0.50", "p>0.99"],
  ama: ["P < .001", "P = .004", "P = .03", "P = .06", "P = .50", "P > .99"],
  graphpad: ["P < 0.0001", "P = 0.0040", "P = 0.0320", "P = 0.0600", "P = 0.5000", "P > 0.9999"],
  scientific: ["p = 2.3\u00d710\u207b\u2078", "p = 0.0040", "p = 0.032", "p = 0.060", "p = 0.50", "p = 1.0"],
};

Deno.test("each journal's way with p", () => {
  for (const [style, texts] of Object.entries(EXPECTED)) {
    const got = [2.3e-8, 0.004, 0.032, 0.06, 0.5, 0.99999].map((p) => formatP(p, { style: style as PStyle }));
    assertEquals(got, texts, style);
  }
});

Deno.test("a p just below 0.05 is never rounded up to it", () => {
  assertEquals(formatP(0.0496, { style: "nejm" }), "P=0.0496");
  assertEquals(formatP(0.04999, { style: "apa" }), "p = .04999");
});

Deno.test("what is no probability is refused", () => {
  for (const p of [NaN, -0.1, 1.1]) assertThrows(() => formatP(p), RangeError, "from 0 to 1");
  assertEquals(formatP(0, { style: "scientific" }), "p < 10\u207b\u00b3\u2070\u2070");
  assertEquals(formatP(1), "p = 1.000");
});
