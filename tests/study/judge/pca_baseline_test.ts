import { assert, assertEquals } from "@std/assert";
import { seededPrng } from "../../../src/array/seeded_prng.ts";
import { pcaBaseline } from "../../../src/study/judge/pca_baseline.ts";

Deno.test("pcaBaseline: an unusual shape has a large distance, whether fitted on all training heads or on a stated sample", async () => {
  const sizePx = 64, n = 80, prng = seededPrng(3), folder = await Deno.makeTempDir();
  try {
    const crops = new Uint8Array(n * sizePx * sizePx); // stripes; those of the last head are inverted and much stronger
    for (let i = 0; i < n; i++) {
      const strength = 40 + 20 * prng.normal(), tilt = 10 * prng.normal();
      for (let y = 0; y < sizePx; y++) {
        for (let x = 0; x < sizePx; x++) {
          const wave = i === n - 1 ? -3 * Math.sin(x / 4) : Math.sin(x / 4);
          crops[(i * sizePx + y) * sizePx + x] = 128 + strength * wave + tilt * y / sizePx +
            4 * prng.normal();
        }
      }
    }
    Deno.writeFileSync(`${folder}/crops`, crops);
    const options = {
      sizePx,
      train: Array.from({ length: 50 }, (_, i) => i),
      validation: Array.from({ length: 20 }, (_, i) => 50 + i),
    };
    const files = [{ path: `${folder}/crops`, count: n }];
    const all = await pcaBaseline(files, options),
      some = await pcaBaseline(files, { ...options, mostFitted: 30 });
    assertEquals([all.fittedOn, some.fittedOn], [undefined, 30]);
    for (const { distances } of [all, some]) {
      assertEquals(distances.length, n);
      const rest = distances.slice(50, n - 1).sort();
      assert(distances[n - 1] > 2 * rest.at(-1)!, `${distances[n - 1]} and ${rest.at(-1)}`);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
