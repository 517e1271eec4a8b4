import { assertEquals, assertThrows } from "@std/assert";
import { formatP, P_STYLES, type PStyle, statedP } from "../../../src/stats/format/format_p.ts";

Deno.test("formatP: p has the digits and limits of each style", () => {
  const rows: [number, PStyle, string][] = [
    [0.0234, "plain", "0.023"],
    [0.0234, "apa", ".023"],
    [0.0004, "apa", "<.001"],
    [0.9996, "apa", ">.999"],
    [0.0234, "ama", ".02"],
    [0.0023, "ama", ".002"],
    [0.0482, "ama", ".048"],
    [0.01, "ama", ".01"],
    [0.0112, "ama", ".01"],
    [0.995, "ama", ">.99"],
    [0.2345, "nejm", "0.23"],
    [0.0002, "nejm", "<0.001"],
    [0.0234, "lancet", "0·023"],
    [0.00023, "lancet", "0·00023"],
    [0.4567, "lancet", "0·46"],
    [0.00002, "lancet", "<0·0001"],
    [0.02344, "graphpad", "0.0234"],
    [0.00002, "graphpad", "<0.0001"],
    [1.23e-40, "scientific", "1.2 × 10⁻⁴⁰"],
    [1, "scientific", "1.0"],
  ];
  for (const [p, style, want] of rows) assertEquals(formatP(p, { style }), want);
});

Deno.test("formatP: with a symbol, p is printed as an equation or inequality", () => {
  assertEquals(formatP(0.0234, { symbol: "p" }), "p = .023");
  assertEquals(formatP(1e-9, { style: "lancet", symbol: "p" }), "p < 0·0001");
});

Deno.test("formatP: invalid p values and styles are rejected", () => {
  assertThrows(() => formatP(NaN), RangeError, "NaN");
  assertThrows(() => formatP(0.5, { style: "bmj" as PStyle }), RangeError, '"bmj"');
});

Deno.test("formatP: a p just below 0.05 is never rounded up to 0.05", () => {
  assertEquals(formatP(0.0496, { style: "nejm" }), "0.0496");
  assertEquals(formatP(0.04999, { style: "apa" }), ".04999");
  assertEquals(formatP(0.04999, { style: "lancet" }), "0·04999");
  assertEquals(formatP(0.0496, { style: "scientific" }), "4.96 × 10⁻²");
  assertEquals(formatP(0.05, { style: "ama" }), ".05");
});

Deno.test("statedP: letter, sign and spacing are those of each style", () => {
  assertEquals(P_STYLES.map((style) => statedP(0.00042, { style })), [
    "p < 0.001",
    "p < .001",
    "P<0.001",
    "p=0·00042",
    "P < .001",
    "P = 0.0004",
    "p = 4.2 × 10⁻⁴",
  ]);
});
