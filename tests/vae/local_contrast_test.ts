import { assert, assertClose } from "@std/assert";
import { seededPrng } from "../../src/array/seeded_prng.ts";
import { localContrast } from "../../src/vae/local_contrast.ts";

const sizePx = 64;
const prng = seededPrng(2);
/** A textured background with a brighter disc. */
const picture = Float32Array.from({ length: sizePx * sizePx }, (_v, i) => {
  const inside = Math.hypot(i % sizePx - 32, Math.floor(i / sizePx) - 32) < 14;
  return 0.3 + (inside ? 0.2 : 0) + 0.03 * prng.normal();
});

Deno.test("localContrast: a uniform crop becomes mid-grey", () => {
  assertClose(
    localContrast(new Float32Array(sizePx * sizePx).fill(0.7), sizePx),
    new Float32Array(sizePx * sizePx).fill(0.5),
    {
      absolute: 1e-4,
    },
  );
});

Deno.test("localContrast: a change of brightness with a gradient changes the result less than a fifth as much as the crop, and the edge of a disc is visible", () => {
  const changed = picture.map((value, i) => 0.9 * value + 0.1 + 0.1 * (i % sizePx) / sizePx);
  const before = localContrast(picture, sizePx), after = localContrast(changed, sizePx);
  const difference = Math.sqrt(
    before.reduce((sum, value, i) => sum + (value - after[i]) ** 2, 0) / before.length,
  );
  const raw = Math.sqrt(
    picture.reduce((sum, value, i) => sum + (value - changed[i]) ** 2, 0) / picture.length,
  );
  assert(difference < raw / 5, `${difference} against ${raw}`);
  const at = (x: number) => [30, 31, 32, 33, 34].reduce((sum, y) => sum + before[y * sizePx + x], 0) / 5;
  assert(at(20) > at(16) + 0.1, "the disc's edge must be visible");
});

Deno.test("localContrast: values stay from 0 to 1", () => {
  const spike = picture.slice();
  spike[100] = 1;
  assert(localContrast(spike, sizePx).every((value) => value >= 0 && value <= 1));
});
