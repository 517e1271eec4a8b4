import { assertEquals } from "@std/assert";
import { applySideMarkers } from "../../../src/segmentation/sides/apply_side_markers.ts";
import type { SideLetter } from "../../../src/segmentation/sides/read_side_letters.ts";
import type { SidedHead } from "../../../src/segmentation/sides/assign_sides.ts";
import type { Side } from "../../../src/types.ts";

const FILM = { widthPx: 1000, heightPx: 800 };

const head = (x: number, side: Side, radiusPx = 60) =>
  ({ side, candidate: { outline: { circle: { centerPx: [x, 400], radiusPx } } } }) as unknown as SidedHead;

const letter = (side: "left" | "right", x: number, mirrored = false): SideLetter => ({
  side,
  mirrored,
  centerPx: [x, 100],
  score: 0.95,
});

const BOTH = [head(300, "right"), head(700, "left")];
const sides = (heads: readonly SidedHead[], letters: readonly SideLetter[]) => {
  const { heads: marked, turned, conflict } = applySideMarkers(heads, letters, FILM);
  return [marked.map(({ side }) => side), turned, conflict];
};

Deno.test("markers at the expected places, or no markers, neither change the sides nor are a conflict", () => {
  assertEquals(sides(BOTH, []), [["right", "left"], false, false]);
  assertEquals(sides(BOTH, [letter("right", 80), letter("left", 920)]), [["right", "left"], false, false]);
  assertEquals(sides([], [letter("right", 80)]), [[], false, false]);
});

Deno.test("a mirrored marker placed as on a film from behind swaps the sides and is a conflict", () => {
  assertEquals(sides(BOTH, [letter("right", 920, true)]), [["left", "right"], true, true]);
  assertEquals(sides(BOTH, [letter("left", 80, true)]), [["left", "right"], true, true]);
  // One head on a film of the whole pelvis: the marker may belong to the other hip.
  assertEquals(sides([head(700, "left")], [letter("left", 80, true)]), [["right"], true, true]);
});

Deno.test("markers that are readable on the wrong side, mirrored on the correct side, or contradictory are conflicts and do not change the sides", () => {
  assertEquals(sides(BOTH, [letter("left", 80)]), [["right", "left"], false, true]);
  assertEquals(sides(BOTH, [letter("right", 80, true)]), [["right", "left"], false, true]);
  assertEquals(sides(BOTH, [letter("right", 80), letter("right", 920, true)]), [
    ["right", "left"],
    false,
    true,
  ]);
  assertEquals(sides(BOTH, [letter("left", 490)]), [["right", "left"], false, false]); // on the midline
});

Deno.test("on a film of one hip, a marker gives the side of a head of unknown side, wherever the marker is", () => {
  const hip = (side: Side) => [head(500, side, 140)];
  assertEquals(sides(hip("unknown"), [letter("left", 80)]), [["left"], false, false]);
  assertEquals(sides(hip("left"), [letter("left", 80)]), [["left"], false, false]);
  assertEquals(sides(hip("right"), [letter("left", 80)]), [["right"], false, true]);
  assertEquals(sides(hip("right"), [letter("left", 80, true)]), [["left"], true, true]);
  assertEquals(sides(hip("right"), [letter("left", 80), letter("right", 900)]), [["right"], false, true]);
});

Deno.test("a header that says the film is seen from behind swaps the sides, unless a readable marker is placed as on a film seen from the front", () => {
  const film = { ...FILM, facing: "behind" as const };
  const sides = (heads: readonly SidedHead[], letters: readonly SideLetter[]) => {
    const { heads: marked, turned, conflict } = applySideMarkers(heads, letters, film);
    return [marked.map(({ side }) => side), turned, conflict];
  };
  assertEquals(sides(BOTH, []), [["left", "right"], true, false]);
  assertEquals(sides(BOTH, [letter("right", 920, true)]), [["left", "right"], true, false]); // a lead marker
  assertEquals(sides(BOTH, [letter("right", 920)]), [["left", "right"], true, false]); // a marker added digitally
  assertEquals(sides(BOTH, [letter("right", 80)]), [["right", "left"], false, true]); // the marker overrides the header
  assertEquals(sides(BOTH, [letter("right", 80), letter("left", 80)]), [["left", "right"], true, true]);
  const hip = (side: Side) => [head(500, side, 140)];
  assertEquals(sides(hip("left"), []), [["right"], true, false]);
  assertEquals(sides(hip("left"), [letter("right", 80)]), [["right"], true, false]);
  assertEquals(sides(hip("left"), [letter("left", 80)]), [["left"], false, true]);
  assertEquals(sides(hip("left"), [letter("left", 80, true)]), [["right"], true, true]);
  assertEquals(sides([], []), [[], false, false]);
});

Deno.test("a header that says the film is seen from the front changes nothing", () => {
  const { heads, turned, conflict } = applySideMarkers(BOTH, [], { ...FILM, facing: "front" });
  assertEquals([heads.map(({ side }) => side), turned, conflict], [["right", "left"], false, false]);
});

Deno.test("a single head counts as a film of one hip from a head radius of 9.5 % of the film's longer side", () => {
  // On a film of one hip the letter gives the head its side; on a film of the pelvis the same letter is on the wrong
  // side.
  assertEquals(sides([head(500, "unknown", 95)], [letter("left", 80)]), [["left"], false, false]);
  assertEquals(sides([head(500, "unknown", 94.9)], [letter("left", 80)]), [["unknown"], false, true]);
});

Deno.test("letters nearer to the midline than 6 % of the width are ignored; the midline is halfway between two heads", () => {
  assertEquals(sides(BOTH, [letter("left", 440)]), [["right", "left"], false, true]);
  assertEquals(sides(BOTH, [letter("left", 441)]), [["right", "left"], false, false]);
  const pair = [head(200, "right"), head(420, "left")]; // midline at 310
  assertEquals(sides(pair, [letter("left", 249)]), [["right", "left"], false, true]);
  assertEquals(sides(pair, [letter("left", 251)]), [["right", "left"], false, false]);
  assertEquals(sides(pair, [letter("right", 371)]), [["right", "left"], false, true]);
  assertEquals(sides(pair, [letter("right", 369)]), [["right", "left"], false, false]);
});

Deno.test("with one head the midline is the middle of the film (width 1000: between pixels 499 and 500)", () => {
  const alone = [head(700, "left")];
  assertEquals(sides(alone, [letter("left", 439.4)]), [["left"], false, true]);
  assertEquals(sides(alone, [letter("left", 439.6)]), [["left"], false, false]);
  assertEquals(sides(alone, [letter("right", 559.6)]), [["left"], false, true]);
  assertEquals(sides(alone, [letter("right", 559.4)]), [["left"], false, false]);
});

Deno.test("a header that says the film is seen from behind is overridden by a readable letter placed as on a film seen from the front, unless another letter is placed as on a film seen from behind", () => {
  const behind = (letters: readonly SideLetter[]) => {
    const { heads, turned, conflict } = applySideMarkers(BOTH, letters, { ...FILM, facing: "behind" });
    return [heads.map(({ side }) => side), turned, conflict];
  };
  assertEquals(behind([letter("right", 920, true), letter("right", 80)]), [["left", "right"], true, true]);
  assertEquals(behind([letter("right", 80, true)]), [["left", "right"], true, true]);
  assertEquals(behind([letter("right", 80), letter("right", 80, true)]), [["right", "left"], false, true]);
});

Deno.test("an L and an R on a film of one hip leave the hip's side unknown and are a conflict", () => {
  const hip = [head(500, "unknown", 140)];
  assertEquals(sides(hip, [letter("left", 80), letter("right", 900)]), [["unknown"], false, true]);
});
