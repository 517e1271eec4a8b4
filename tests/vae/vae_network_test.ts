import { assert, assertClose, assertEquals, assertThrows } from "@std/assert";
import { seededPrng } from "../../src/array/seeded_prng.ts";
import { openModel } from "../../src/onnx/open_model.ts";
import { arrange, initialise } from "../../src/training/graph/layout.ts";
import { OPTIMISER } from "../../src/training/loop/optimiser.ts";
import { trainStep } from "../../src/training/loop/train_step.ts";
import { findCodeBasis } from "../../src/vae/code_basis.ts";
import { importVae } from "../../src/vae/import_vae.ts";
import { exportVae } from "../../src/vae/export_vae.ts";
import { recipe } from "../../src/vae/vae_recipe.ts";
import { vaeSettings } from "../../src/vae/vae_settings.ts";

const overrides = { sizePx: 32, channels: [6, 8], latentSize: 5, batch: 4 };
const { settings } = vaeSettings({ n: 100, overrides });
const { sizePx, latentSize } = settings;
const empty = new Float32Array((sizePx / 2) ** 2);
const { layout } = trainStep(recipe(settings, { train: empty, validation: empty }), { optimiser: OPTIMISER });
const parameters = initialise(layout.parameters, seededPrng(3));
const statistics = initialise(layout.statistics, seededPrng(3));
const models = exportVae({ layout, parameters, statistics }, settings);

Deno.test("encoder and decoder accept batches of 3; the encoder gives an image the same mean alone and in a batch; log variances are from -10 to 10", async () => {
  const encoder = await openModel(models.encoder, {
    device: "cpu",
    inputs: { image: ["n", 1, sizePx, sizePx] },
    outputs: ["mean", "logvar"],
  });
  const decoder = await openModel(models.decoder, { device: "cpu", inputs: { z: ["n", latentSize] } });
  const prng = seededPrng(5);
  const data = Float32Array.from({ length: 3 * sizePx * sizePx }, () => prng());
  const three = await encoder.run({ image: { data, dims: [3, 1, sizePx, sizePx] } });
  const one = await encoder.run({
    image: { data: data.slice(0, sizePx * sizePx), dims: [1, 1, sizePx, sizePx] },
  });
  assertEquals(three.mean.dims, [3, latentSize]);
  assertClose(one.mean.data, three.mean.data.slice(0, latentSize), { relative: 0 });
  assert(three.logvar.data.every((value) => Math.abs(value) <= 10), "log variances must be bounded");
  const { image } = await decoder.run({ z: three.mean });
  assertEquals(image.dims, [3, 1, sizePx, sizePx]);
  assert(image.data.every((value) => value > 0 && value < 1));
  await encoder.close();
  await decoder.close();
});

Deno.test("the shipped encoder needs less than 210 million operations per image", () => {
  const { sizePx: side, channels, latentSize: d } = vaeSettings({ n: 1270 }).settings;
  let size = side / 8, operations = 2 * 9 * 16 * channels[0] * size ** 2;
  for (let level = 1; level < channels.length; level++) {
    size /= 2;
    operations += 2 * 16 * channels[level - 1] * channels[level] * size ** 2;
  }
  operations += 2 * channels.at(-1)! * size ** 2 * 2 * d;
  assert(operations < 210e6, `${operations}`);
});

Deno.test("exportVae: settings with another latent size than the trained one are rejected", () => {
  assertThrows(
    () => exportVae({ layout, parameters, statistics }, { ...settings, latentSize: 6 }),
    TypeError,
    "trained as",
  );
});

Deno.test("exportVae: a basis changes the latent coordinates but not the decoded image; the trained parameters can be read back", async () => {
  const prng = seededPrng(9), d = latentSize;
  const rows = (scale: number) => Float64Array.from({ length: 60 * d }, () => scale * prng.normal());
  const unchanged = rows(1),
    changed = unchanged.map((value, i) => value + (i % d === 2 ? 3 : 0.2) * prng.normal());
  const basis = findCodeBasis({ unchanged, changed, varied: unchanged.map((v) => v + 0.1 * prng.normal()) }, {
    d,
    measured: 2,
  });
  const turned = exportVae({ layout, parameters, statistics }, settings, basis);
  const image = {
    data: Float32Array.from({ length: 2 * sizePx * sizePx }, () => prng()),
    dims: [2, 1, sizePx, sizePx],
  };
  const open = (bytes: Uint8Array) => openModel(bytes, { device: "cpu", threads: 1 });
  const [encoder, decoder, plainEncoder, plainDecoder] = await Promise.all(
    [turned.encoder, turned.decoder, models.encoder, models.decoder].map(open),
  );
  const { mean, variance, rest } = await encoder.run({ image });
  assertEquals([mean.dims, variance.dims, rest.dims], [[2, 2], [2, 2], [2, d - 2]]);
  const whole = Float32Array.from([0, 1].flatMap((i) => [
    ...mean.data.subarray(2 * i, 2 * i + 2),
    ...rest.data.subarray((d - 2) * i, (d - 2) * (i + 1)),
  ]));
  const plain = await plainEncoder.run({ image });
  const drawn = await decoder.run({ z: { data: whole, dims: [2, d] } });
  const wanted = await plainDecoder.run({ z: plain.mean });
  assertClose(drawn.image.data, wanted.image.data, { absolute: 2e-5 });
  const wantedVariance = plain.logvar.data.subarray(0, d).reduce(
    (sum, value, j) => sum + basis.turn[j] ** 2 * Math.exp(value),
    0,
  );
  assertClose(variance.data[0], wantedVariance, { relative: 1e-4 });
  assertEquals(arrange(importVae(turned), layout).parameters, parameters);
  assertEquals(arrange(importVae(turned), layout).statistics, statistics);
  for (const model of [encoder, decoder, plainEncoder, plainDecoder]) await model.close();
});
