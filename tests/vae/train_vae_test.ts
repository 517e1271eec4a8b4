import { assert, assertClose, assertEquals, assertRejects } from "@std/assert";
import { seededPrng } from "../../src/array/seeded_prng.ts";
import { openModel } from "../../src/onnx/open_model.ts";
import type { HeadCrop } from "../../src/types.ts";
import { decodeLatents } from "../../src/vae/decode_latents.ts";
import { encodeCrops } from "../../src/vae/encode_crops.ts";
import { localContrast } from "../../src/vae/local_contrast.ts";
import { localChangesOf } from "../../src/vae/vae_settings.ts";
import { wholeCode } from "../../src/vae/whole_code.ts";
import { trainVae } from "../../src/vae/train_vae.ts";

const sizePx = 32;

/** A bright disc of varying position, size and grey on a background of varying grey: five numbers describe it. */
function discCrop(seed: number): HeadCrop {
  const prng = seededPrng(seed);
  const x0 = 13 + 6 * prng(), y0 = 13 + 6 * prng(), radius = 6 + 4 * prng(), grey = 0.6 + 0.3 * prng();
  const ground = 0.1 + 0.2 * prng();
  const pixels = Float32Array.from({ length: sizePx * sizePx }, (_v, i) => {
    const edge = radius - Math.hypot(i % sizePx - x0, Math.floor(i / sizePx) - y0);
    return ground + (grey - ground) * Math.min(1, Math.max(0, edge + 0.5)) + 0.01 * prng.normal();
  });
  return { kind: "head-crop", side: "right", sizePx, pixels };
}

const crops = Array.from({ length: 100 }, (_v, i) => discCrop(i + 1));
const small = {
  sizePx,
  channels: [16, 16],
  latentSize: 6,
  measuredSize: 3,
  steps: 250,
  batch: 16,
  localChanges: localChangesOf(0.5),
};

Deno.test("trainVae: a small network reconstructs new discs better than their mean image, uses at least 3 latent units, and is reproducible", async () => {
  const seen: number[] = [], measured: [number, number][] = [];
  const train = () =>
    trainVae({ train: crops }, {
      settings: small,
      seed: 3,
      threads: 1,
      onProgress: ({ step }) => seen.push(step),
      onMeasure: (...now) => measured.push(now),
    });
  const vae = await train();
  assertEquals(vae.reason, "finished");
  assertEquals(vae.residualScale.n, 10);
  assert(vae.notes.some((note) => note.includes("10 of 100 crops were drawn at random for validation")));
  assert(seen.length > 0 && seen.at(-1) === small.steps);
  // 90 training crops, unchanged and changed in 7 ways of each of two kinds; 10 validation crops encoded and decoded
  assertEquals([measured[0], measured[1], measured.at(-1)], [[0, 1370], [90, 1370], [1370, 1370]]);
  assert(measured.length > 10, "progress is reported between start and end");
  assert(vae.units.filter((unit) => unit.active).length >= 3, "at least 3 latent dimensions must be in use");

  const encoder = await openModel(vae.encoder, {
    device: "cpu",
    inputs: { image: ["n", 1, sizePx, sizePx] },
  });
  const decoder = await openModel(vae.decoder, { device: "cpu", outputs: ["image"] });
  const fresh = Array.from({ length: 20 }, (_v, i) => discCrop(1000 + i));
  const codes = await encodeCrops(fresh, encoder);
  const drawn = await decodeLatents(codes.map(wholeCode), decoder);
  const wanted = fresh.map((crop) => localContrast(crop.pixels, sizePx));
  const mean = wanted[0].map((_v, k) => wanted.reduce((sum, pixels) => sum + pixels[k], 0) / wanted.length);
  let error = 0, spread = 0;
  wanted.forEach((pixels, i) =>
    pixels.forEach((value, k) => {
      error += (value - drawn[i].pixels[k]) ** 2;
      spread += (value - mean[k]) ** 2;
    })
  );
  assert(
    error < 0.8 * spread,
    `new discs must be reconstructed better than by their mean: ${error} of ${spread}`,
  );
  const batched = await encodeCrops(fresh, encoder, { batch: 7 });
  assertEquals(batched, codes);
  await encoder.close();
  await decoder.close();

  const again = await train();
  assertEquals(again.encoder, vae.encoder);
  assertEquals(again.decoder, vae.decoder);
  assertClose(again.reconstructionError, vae.reconstructionError, { relative: 0 });
});

Deno.test("trainVae: an interrupted run that is resumed ends with the same encoder and validation scores as an uninterrupted run", async () => {
  const folder = await Deno.makeTempDir();
  const options = { settings: { ...small, steps: 40 }, seed: 5, threads: 1 };
  const whole = await trainVae({ train: crops }, options);
  const checkpoint = `${folder}/vae.checkpoint`;
  const stop = new AbortController();
  const onProgress = ({ step }: { step: number }) => step >= 12 && stop.abort();
  const part = await trainVae({ train: crops }, { ...options, checkpoint, signal: stop.signal, onProgress });
  if (part.reason === "aborted") assert(part.steps < 40);
  const resumed = await trainVae({ train: crops }, { ...options, checkpoint, resume: true });
  assertEquals(resumed.encoder, whole.encoder);
  assertEquals(resumed.history.map(({ score }) => score), whole.history.map(({ score }) => score));
  await Deno.remove(folder, { recursive: true });
});

Deno.test("trainVae: crops of the wrong size or with NaN are rejected", async () => {
  await assertRejects(() => trainVae({ train: crops }), TypeError, "crops must be 128 px, got 32 px");
  const holed = crops.map((crop, i) => i === 4 ? { ...crop, pixels: crop.pixels.map(() => NaN) } : crop);
  await assertRejects(
    () => trainVae({ train: holed, validation: crops }, { settings: small }),
    RangeError,
    "crop 4",
  );
});

Deno.test("trainVae can start from a trained network: its sizes are kept, and the first validation is better than from random weights", async () => {
  const options = { seed: 3, threads: 1 };
  const first = await trainVae({ train: crops }, { ...options, settings: { ...small, steps: 200 } });
  const from = { encoder: first.encoder, decoder: first.decoder, latentSize: 6, channels: [16, 16] };
  const others = Array.from({ length: 40 }, (_v, i) => discCrop(500 + i));
  const warm = await trainVae({ train: others }, {
    ...options,
    from,
    settings: { steps: 20, measuredSize: 3 },
  });
  const cold = await trainVae({ train: others }, { ...options, settings: { ...small, steps: 20 } });
  assertEquals([warm.settings.latentSize, warm.settings.channels], [6, [16, 16]]);
  assert(
    warm.history[0].score < 0.8 * cold.history[0].score,
    `warm ${warm.history[0].score}, cold ${cold.history[0].score}`,
  );
  await assertRejects(
    () =>
      trainVae({ train: others }, { ...options, from: { ...from, latentSize: 8 }, settings: { steps: 20 } }),
    TypeError,
    "start from the trained network",
  );
});
