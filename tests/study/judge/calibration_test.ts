import { assert } from "@std/assert";
import { seededPrng } from "../../../src/array/seeded_prng.ts";
import { fitNormative } from "../../../src/normative/fit_normative.ts";
import { mahalanobis } from "../../../src/normative/mahalanobis.ts";
import { percentileOf } from "../../../src/normative/percentile_of.ts";
import { openModel } from "../../../src/onnx/open_model.ts";
import { kolmogorovSmirnov } from "../../../src/stats/tests/kolmogorov_smirnov.ts";
import type { HeadCrop } from "../../../src/types.ts";
import { encodeCrops } from "../../../src/vae/encode_crops.ts";
import { trainVae } from "../../../src/vae/train_vae.ts";

const sizePx = 32;

/** A disc of varying position, size and grey as a healthy head; a dent of the given depth makes it diseased. */
function disc(seed: number, dent = 0): HeadCrop {
  const prng = seededPrng(seed);
  const x0 = 13 + 6 * prng(), y0 = 13 + 6 * prng(), radius = 6 + 4 * prng(), grey = 0.6 + 0.3 * prng();
  const pixels = Float32Array.from({ length: sizePx * sizePx }, (_v, i) => {
    const x = i % sizePx - x0, y = Math.floor(i / sizePx) - y0;
    const inside = Math.min(1, Math.max(0, radius - Math.hypot(x, y) + 0.5));
    const hole = Math.hypot(x + 2, y + 2) < 2.5 ? dent : 0;
    return 0.2 + (grey - 0.2 - hole) * inside + 0.01 * prng.normal();
  });
  return { kind: "head-crop", side: "right", sizePx, pixels };
}
const discs = (count: number, from: number, dent = 0) =>
  Array.from({ length: count }, (_v, i) => disc(from + i, dent));

Deno.test("tail probabilities of new healthy heads are uniform, those of diseased heads are small", async () => {
  const train = discs(200, 1);
  const vae = await trainVae({ train, validation: discs(16, 900) }, {
    ...{ seed: 2, threads: 1 },
    settings: { sizePx, channels: [16, 16], latentSize: 12, measuredSize: 6, steps: 250, batch: 16 },
  });
  const encoder = await openModel(vae.encoder, { device: "cpu", threads: 1 });
  const codes = async (heads: HeadCrop[]) =>
    Float64Array.from((await encodeCrops(heads, encoder)).flatMap(({ mean }) => [...mean])); // [n, 6]
  const reference = { kind: "synthetic", name: "discs", latents: await codes(discs(300, 2000)) } as const;
  const model = fitNormative(await codes(train), { d: 6, reference });
  const tails = async (heads: HeadCrop[]) =>
    mahalanobis(await codes(heads), model).map((distance) =>
      percentileOf(distance, model.referenceDistances).tailProbability
    );
  const fresh = await tails(discs(300, 4000)), sick = await tails(discs(60, 6000, 0.5));
  const even = Float64Array.from({ length: 300 }, (_v, i) => (i + 0.5) / 300);
  const { p } = kolmogorovSmirnov(fresh, even);
  assert(p > 0.01, `uniform: p ${p}`);
  const beyond = fresh.filter((tail) => tail <= 0.05).length / fresh.length;
  assert(beyond > 0.01 && beyond < 0.11, `${beyond} of new healthy heads are in the last 5 %`);
  assert(
    sick.filter((tail) => tail <= 0.05).length > 0.5 * sick.length,
    "most diseased heads are in the last 5 %",
  );
  await encoder.close();
});
