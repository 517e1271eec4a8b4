import { assertEquals } from "@std/assert";
import {
  assignSides,
  type Candidate,
  overlap,
  sideOf,
} from "../../../src/segmentation/sides/assign_sides.ts";
import { boxOutline, candidateOf, discOutline } from "../disc_outline.ts";

type Disc = readonly [number, number, number];
const head = (disc: Disc, leftProbability: number, changes: Partial<Candidate> = {}, confidence = 0.99) =>
  candidateOf(discOutline(disc, confidence), { leftProbability, ...changes });
const inWords = (candidates: Candidate[]) => {
  const { kept, extra } = assignSides(candidates);
  const heads = kept.map(({ candidate: { outline, doubtful }, side }) =>
    `${side} ${outline.circle.centerPx[0]}${doubtful ? " doubtful" : ""}`
  );
  return [...heads, ...extra ? ["extra"] : []];
};

Deno.test("sideOf: unknown between 0.35 and 0.65", () => {
  assertEquals([0.349, 0.35, 0.65, 0.651].map(sideOf), ["right", "unknown", "unknown", "left"]);
});

Deno.test("overlap: intersection over union", () => {
  assertEquals(overlap(boxOutline([0, 0, 30, 30]), boxOutline([10, 0, 30, 30])), 0.5);
  assertEquals(overlap(boxOutline([0, 0, 30, 30]), boxOutline([40, 0, 30, 30])), 0);
});

Deno.test("assignSides: certain heads come first, and a head of unknown side gets the remaining side", () => {
  const right: Disc = [100, 200, 40], left: Disc = [400, 200, 40];
  assertEquals(inWords([head(right, 0.1), head(left, 0.9)]), ["right 100", "left 400"]);
  assertEquals(inWords([head(right, 0.1), head(left, 0.5, {}, 0.9)]), ["right 100", "left 400"]);
  assertEquals(inWords([head(right, 0.5), head(left, 0.5)]), ["unknown 100", "unknown 400"]);
  assertEquals(inWords([head(right, 0.1, { doubtful: true }, 1), head(left, 0.9)]), [
    "left 400",
    "right 100 doubtful",
  ]);
});

Deno.test("assignSides, pair rule: two heads with the same predicted side, placed like two hips, are both kept as doubtful; the larger probability of left gets the left side", () => {
  assertEquals(inWords([head([100, 200, 40], 0.1), head([400, 200, 40], 0.2, {}, 0.9)]), [
    "right 100 doubtful",
    "left 400 doubtful",
  ]);
  assertEquals(inWords([head([100, 200, 40], 0.95), head([400, 200, 40], 0.9, {}, 0.9)]), [
    "left 100 doubtful",
    "right 400 doubtful",
  ]);
});

Deno.test("assignSides, pair rule: applies from a distance of 3.5 radii of the larger head", () => {
  const at = (dx: number, radius = 40) =>
    inWords([head([100, 200, 40], 0.1), head([100 + dx, 200, radius], 0.2, {}, 0.9)]);
  assertEquals(at(140).length, 2);
  assertEquals(at(140)[0], "right 100 doubtful");
  assertEquals(at(139.5), ["right 100", "extra"]);
  assertEquals(at(140, 30)[0], "right 100 doubtful"); // the larger radius counts, not the smaller one
  assertEquals(at(139.5, 30), ["right 100", "extra"]);
  assertEquals(at(170, 50), ["right 100", "extra"]); // the larger radius counts, not that of the first head
});

Deno.test("assignSides, pair rule: applies up to a height difference of half the distance", () => {
  const at = (dy: number) => inWords([head([100, 200, 40], 0.1), head([300, 200 + dy, 40], 0.2, {}, 0.9)]);
  for (const sign of [1, -1]) {
    assertEquals(at(100 * sign), ["right 100 doubtful", "left 300 doubtful"]);
    assertEquals(at(101 * sign), ["right 100", "extra"]);
  }
});

Deno.test("assignSides, pair rule: does not apply once two heads are kept, or to a head of unknown side", () => {
  const three = [head([100, 200, 40], 0.1), head([400, 200, 40], 0.9), head([700, 200, 40], 0.9, {}, 0.9)];
  assertEquals(inWords(three), ["right 100", "left 400", "extra"]);
  const doubtful = [...three.slice(0, 2), head([700, 200, 40], 0.9, { doubtful: true }, 0.9)];
  assertEquals(inWords(doubtful), ["right 100", "left 400"]);
  assertEquals(inWords([head([100, 200, 40], 0.5), head([400, 200, 40], 0.5, {}, 0.9)]), [
    "unknown 100",
    "unknown 400",
  ]);
});

Deno.test("assignSides: of two heads, the less confident one is left out if they overlap by more than a fifth, or if one radius is below 0.65 of the other", () => {
  const at = (dx: number) =>
    inWords([head([100, 200, 40], 0.1), head([100 + dx, 200, 40], 0.9, {}, 0.9)]).length;
  assertEquals([at(46), at(43)], [2, 1]); // discs so far apart overlap by 0.19 and 0.21
  const sized = (radius: number) =>
    inWords([head([100, 200, 40], 0.1), head([400, 200, radius], 0.9, {}, 0.9)]).length;
  assertEquals([sized(26.1), sized(25.9), sized(61.5), sized(61.6)], [2, 1, 2, 1]);
});
