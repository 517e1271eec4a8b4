import { assert, assertClose, assertEquals } from "@std/assert";
import { seededPrng } from "../../../src/array/seeded_prng.ts";
import { initialise, lengthOf, nextSlot } from "../../../src/training/graph/layout.ts";

const weight = nextSlot([], { name: "w", shape: [64, 3, 5, 5] });
const bias = nextSlot([weight], { name: "b", shape: [64] });
const gain = nextSlot([weight, bias], { name: "g", shape: [64], init: 1 });

Deno.test("nextSlot: slots are contiguous; weight decay applies to arrays of two or more axes, and to vectors only on request", () => {
  assertEquals([weight, bias, gain].map((slot) => slot.offset), [0, 4800, 4864]);
  assertEquals(lengthOf([weight, bias, gain]), 4928);
  assertEquals([weight, bias, gain].map((slot) => slot.decay), [true, false, false]);
  assertEquals(nextSlot([], { name: "b", shape: [3], decay: true }).decay, true);
});

Deno.test("initialise: `he`, the default for arrays of several axes, is uniform within sqrt(6 / fan-in); a number is a constant", () => {
  const vector = initialise([weight, bias, gain], seededPrng(1));
  const w = vector.subarray(0, 4800), bound = Math.sqrt(6 / 75);
  assert(w.every((v) => Math.abs(v) <= bound));
  const variance = w.reduce((total, v) => total + v * v, 0) / w.length;
  assertClose(variance, bound ** 2 / 3, { relative: 0.05 }); // 3 standard errors
  assert(vector.subarray(4800, 4864).every((v) => v === 0) && vector.subarray(4864).every((v) => v === 1));
});

Deno.test("initialise: an array's initial values do not depend on other arrays", () => {
  const alone = initialise([weight], seededPrng(9));
  const first = nextSlot([], { name: "other", shape: [7, 7] });
  const second = { ...weight, offset: 49 };
  assertEquals(initialise([first, second], seededPrng(9)).slice(49), alone);
});

Deno.test("nextSlot: the bound is sqrt(3 / fan-in) for `lecun`, and an explicit fan-in replaces the fan-in of the shape", () => {
  assertClose(nextSlot([], { name: "w", shape: [4, 9], init: "lecun" }).bound!, Math.sqrt(3 / 9));
  assertClose(nextSlot([], { name: "w", shape: [4, 9], fanIn: 24 }).bound!, 0.5);
});
