import { assert, assertEquals, assertThrows } from "@std/assert";
import { figureTheme } from "../../src/figures/figure_theme.ts";
import { pairMatrix, significanceStep } from "../../src/figures/pair_matrix.ts";
import { draw } from "./draw.ts";

Deno.test("the four classes of p end at 0.001, 0.01 and 0.05; p must be a number from 0 to 1", () => {
  assertEquals([0, 0.00099, 0.001, 0.0099, 0.01, 0.049, 0.05, 1].map(significanceStep), [
    0,
    0,
    1,
    1,
    2,
    2,
    3,
    3,
  ]);
  assertThrows(() => significanceStep(NaN), RangeError, "got NaN");
});

Deno.test("the effect's sign does not depend on the order of the pair", () => {
  const texts = (pair: { a: number; b: number; p: number; delta: number }) =>
    draw((document) => pairMatrix([pair], { document, order: [0, 1], show: "effect" })).match(
      /[+\u2212]0\.40/g,
    );
  assertEquals(texts({ a: 0, b: 1, p: 0.5, delta: 0.4 }), ["+0.40", "+0.40"]);
  assertEquals(texts({ a: 1, b: 0, p: 0.5, delta: -0.4 }), ["+0.40", "+0.40"]);
});

Deno.test("the colour ramp's luminance falls from grade to grade on a light page and rises on a dark one", () => {
  const luminance = (hex: string) =>
    [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16) / 255)
      .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
      .reduce((sum, c, k) => sum + c * [0.2126, 0.7152, 0.0722][k], 0);
  const light = figureTheme().grades.map(luminance);
  const dark = figureTheme({ scheme: "dark" }).grades.map(luminance);
  assert(light.slice(1).every((l, k) => l < light[k] + 1e-9), String(light));
  assert(dark.slice(1).every((l, k) => l > dark[k]), String(dark));
});
