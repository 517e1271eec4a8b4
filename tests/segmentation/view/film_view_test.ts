import { assert, assertClose, assertEquals } from "@std/assert";
import { applyTone, MIRRORED_VIEW, PLAIN_VIEW } from "../../../src/segmentation/view/film_view.ts";

const always = () => true;
const toned = (
  values: readonly number[],
  view: Parameters<typeof applyTone>[2],
  known = always as (i: number) => boolean,
) => {
  const out = Float32Array.from(values);
  applyTone(out, known, view);
  return out;
};
const ramp = Array.from({ length: 1001 }, (_, i) => i / 1000);

Deno.test("applyTone: a plain and a mirrored view keep every value", () => {
  assertEquals(toned(ramp, PLAIN_VIEW), Float32Array.from(ramp));
  assertEquals(toned(ramp, MIRRORED_VIEW), Float32Array.from(ramp));
  assertEquals([PLAIN_VIEW.mirror ?? false, MIRRORED_VIEW.mirror], [false, true]);
});

Deno.test("applyTone: gamma is accurate to 0.00005 for values above 0.05, and keeps 0 and 1", () => {
  for (const gamma of [0.6, 1.8]) {
    const out = toned(ramp, { gamma });
    assertEquals([out[0], out[1000]], [0, 1]);
    out.forEach((value, i) =>
      i > 50 && assertClose(value, ramp[i] ** gamma, { absolute: 5e-5, relative: 0 })
    );
  }
});

Deno.test("applyTone: equalisation turns values into their ranks, whatever their distribution", () => {
  const out = toned(ramp.map((value) => value ** 3), { equalise: true });
  assert(out.every((value, i) => i === 0 || value >= out[i - 1]), "the order is kept");
  for (let i = 250; i < 1000; i++) assert(Math.abs(out[i] - ramp[i]) < 0.01, `${i}: ${out[i]}`);
  const [low, high] = toned([...Array(300).fill(0.2), ...Array(100).fill(0.9)], { equalise: true }).filter((
    _,
    i,
  ) => i === 0 || i === 399);
  assert(low > 0 && low < 0.75 && high > 0.75 && high < 1, `${low} ${high}`);
});

Deno.test("applyTone: pixels that are not known keep their value and are not counted in the equalisation", () => {
  const known = (i: number) => i % 2 === 0;
  const values = ramp.map((value, i) => known(i) ? value : 0.01),
    out = toned(values, { equalise: true }, known);
  ramp.forEach((value, i) => {
    if (!known(i)) assertEquals(out[i], Math.fround(0.01));
    else assert(Math.abs(out[i] - value) < 0.01, `${i}: ${out[i]}`);
  });
  assertEquals(toned([0.5, 0.5], { equalise: true }, () => false), Float32Array.of(0.5, 0.5));
});
