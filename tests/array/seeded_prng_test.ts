import { assert, assertClose, assertEquals, assertThrows } from "@std/assert";
import { seededPrng } from "../../src/array/seeded_prng.ts";

Deno.test("the same seed gives the same stream, a different seed a different one", () => {
  const take = (seed: number) => Array.from({ length: 5 }, seededPrng(seed));
  assertEquals(take(7), take(7));
  assert(take(7)[0] !== take(8)[0]);
  assert(take(7)[0] !== take(7 + 2 ** 32)[0]);
});

Deno.test("numbers have the stated distributions: uniform, normal, integer", () => {
  const prng = seededPrng(1), n = 40_000;
  const mean = (draw: () => number) => Array.from({ length: n }, draw).reduce((s, v) => s + v, 0) / n;
  assertClose(mean(prng), 0.5, { absolute: 0.01 });
  assertClose(mean(() => prng.normal()), 0, { absolute: 0.02 });
  assertClose(mean(() => prng.normal() ** 2), 1, { absolute: 0.04 });
  assertClose(mean(() => prng.normal() ** 4), 3, { absolute: 0.25 });
  const counts = new Float64Array(7);
  for (let i = 0; i < n; i++) counts[prng.integer(7)]++;
  assertClose(counts, counts.map(() => n / 7), { relative: 0.06 });
});

Deno.test("forked streams neither affect the parent nor depend on its state", () => {
  const one = seededPrng(3), two = seededPrng(3);
  const early = one.fork("a")();
  two();
  assertEquals(two.fork("a")(), early);
  assertEquals(one(), seededPrng(3)());
  assert(one.fork("a")() !== one.fork("b")());
});

Deno.test("a seed must be a whole number", () => {
  for (const bad of [-1, 1.5, NaN, 2 ** 53]) assertThrows(() => seededPrng(bad), RangeError, "whole number");
});
