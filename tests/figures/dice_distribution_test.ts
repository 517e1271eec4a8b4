import { assertStringIncludes } from "@std/assert";
import { diceDistribution } from "../../src/figures/dice_distribution.ts";
import { draw } from "./draw.ts";

Deno.test("diceDistribution: the median of an even number of heads is the mean of the middle two", () => {
  const svg = draw((document) => diceDistribution([0.9, 0.92, 0.96, 0.99], { document, width: 400 }));
  assertStringIncludes(svg, "median 0.940");
});
