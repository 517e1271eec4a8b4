/**
 * Images per second of the encoder: on onnxruntime, the same float32 network in PyTorch, and an 8-bit version,
 * alternating in one run, with batch sizes 1 and 32; then the effect of 8 bits on latent vectors and distances of
 * synthetic heads.
 *
 *     deno task bench bench/speed/encoder.ts [ROUNDS]
 *
 * ROUNDS is 30 unless given. PyTorch is expected in the Python named by the environment variable CAPUT_TORCH_PYTHON,
 * otherwise in `python3`; without PyTorch only our encoder runs. The 8-bit network is derived from the shipped encoder,
 * calibrated on 64 healthy training heads of the synthetic cohort, cropped by their true outlines, and evaluated on
 * heads of other patients.
 */
import { mahalanobis } from "../../src/normative/mahalanobis.ts";
import { fromJson } from "../../src/normative/normative_json.ts";
import { openModel } from "../../src/onnx/open_model.ts";
import { paperCohort, patientOf } from "../../src/phantom/patient/paper_cohort.ts";
import { renderRadiograph } from "../../src/phantom/film/render_radiograph.ts";
import { cropHead } from "../../src/segmentation/crop_head.ts";
import { readModels, SHIPPED_MODELS } from "../../src/study/models/read_models.ts";
import { seededPrng } from "../../src/array/seeded_prng.ts";
import type { HeadCrop, Split } from "../../src/types.ts";
import { encodeCrops } from "../../src/vae/encode_crops.ts";
import { localContrast } from "../../src/vae/local_contrast.ts";
import { quantiseEncoder, type Range } from "./quantise_encoder.ts";

const ROUNDS = Number(Deno.args[0] ?? 30), PICTURES = 64, PATIENTS = 32;
const python = Deno.env.get("CAPUT_TORCH_PYTHON") ?? "python3";
const { plan, files } = await readModels(SHIPPED_MODELS, { need: ["encoder.onnx", "normative.json"] });
const { sizePx } = plan.crop, { channels, latentSize } = plan.vae;

console.log(
  `encoder ${
    channels.join("-")
  }, ${latentSize} latent dimensions, ${sizePx} px, ${ROUNDS} rounds of ${PICTURES} pictures`,
);
const bytes = files["encoder.onnx"], quantised = await quantiseEncoder(bytes, measureRanges);
for (const threads of [1, 2]) {
  for (const batch of [1, 32]) {
    const sides = {
      ours: await ourSide(bytes, batch, threads),
      eight: await ourSide(quantised, batch, threads),
      torch: await torchSide(batch, threads),
    };
    const times = { ours: [] as number[], eight: [] as number[], torch: [] as number[] };
    for (let round = 0; round < ROUNDS; round++) {
      for (const name of ["ours", "eight", "torch"] as const) {
        const side = sides[name];
        if (side) times[name].push(await side.step());
      }
    }
    for (const side of Object.values(sides)) await side?.close();
    const rate = (milliseconds: number[]) => PICTURES / median(milliseconds) * 1000;
    const against = (list: number[]) => (rate(list) / rate(times.ours)).toFixed(2);
    const peer = sides.torch
      ? `PyTorch ${rate(times.torch).toFixed(0)} (ours is ${
        (1 / Number(against(times.torch))).toFixed(2)
      } times as fast)`
      : "PyTorch is not installed";
    console.log(
      `threads ${threads}, batch ${batch}: ours ${rate(times.ours).toFixed(0)} pictures/s, ${peer}; ` +
        `in 8 bits ${rate(times.eight).toFixed(0)} (${against(times.eight)} times ours)`,
    );
  }
}
await judgeEightBits();

/** Heads of a subset's first patients, cropped by their true outlines. */
function headsOf(split: Split): HeadCrop[] {
  return paperCohort(1).patients.filter((each) => each.split === split).slice(0, PATIENTS).flatMap((each) => {
    const { image, truth } = renderRadiograph(patientOf(each), { widthPx: 768 });
    const { widthPx, heightPx, bitsStored } = image, top = 2 ** bitsStored - 1;
    const pixels = Float32Array.from(
      image.stored,
      (value) => image.photometric === "MONOCHROME1" ? top - value : value,
    );
    const film = {
      ...{ kind: "radiograph", widthPx, heightPx, bitsStored, pixels, padding: null } as const,
      ...{ pixelSpacingMm: null, spacingSource: "none", headerSide: "unknown", storedSha256: "" } as const,
    };
    return truth.heads.filter(({ complete }) => complete).map((head) =>
      cropHead(film, { ...head, kind: "head-mask", areaPx: 0, confidence: 1, quality: [] }, plan.crop)
    );
  });
}

/** Minimum and maximum of each named tensor over the calibration heads. */
async function measureRanges(watched: Uint8Array, names: readonly string[]): Promise<Map<string, Range>> {
  const model = await openModel(watched, { device: "cpu", threads: 1 });
  const ranges = new Map<string, Range>();
  for (const { pixels } of headsOf("train")) {
    const image = { data: localContrast(pixels, sizePx), dims: [1, 1, sizePx, sizePx] };
    const found = await model.run({ image });
    for (const name of names) {
      let { low, high } = ranges.get(name) ?? { low: Infinity, high: -Infinity };
      for (const value of found[name].data) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
      ranges.set(name, { low, high });
    }
  }
  await model.close();
  return ranges;
}

/** Change of latent vectors and distances of heads that were not used for calibration. */
async function judgeEightBits(): Promise<void> {
  const normative = fromJson(JSON.parse(new TextDecoder().decode(files["normative.json"])));
  const heads = headsOf("held-out"), codes: Float64Array[] = [];
  for (const each of [bytes, quantised]) {
    const model = await openModel(each, { device: "cpu", threads: 1 });
    codes.push(Float64Array.from((await encodeCrops(heads, model)).flatMap(({ mean }) => [...mean]))); // [n, d]
    await model.close();
  }
  const norm = (values: Float64Array) => Math.hypot(...values);
  const relativeChange = norm(codes[0].map((value, k) => value - codes[1][k])) / norm(codes[0]);
  const [whole, coarse] = codes.map((each) => mahalanobis(each, normative));
  const gaps = whole.map((value, i) => Math.abs(value - coarse[i])).sort();
  console.log(
    `8 bits on ${heads.length} heads of other patients: latent vectors change by ${
      (100 * relativeChange).toFixed(1)
    } %, distances by ` +
      `${gaps[gaps.length >> 1].toFixed(3)} (median) and ${gaps.at(-1)!.toFixed(3)} (largest); ` +
      `${(quantised.length / 1e6).toFixed(2)} MB instead of ${(bytes.length / 1e6).toFixed(2)} MB`,
  );
}

async function ourSide(network: Uint8Array, batch: number, threads: number) {
  const model = await openModel(network, { device: "cpu", threads });
  const prng = seededPrng(2);
  const data = Float32Array.from({ length: batch * sizePx * sizePx }, () => prng());
  const image = { data, dims: [batch, 1, sizePx, sizePx] };
  return {
    close: () => model.close(),
    async step() {
      const started = performance.now();
      for (let done = 0; done < PICTURES; done += batch) await model.run({ image });
      return performance.now() - started;
    },
  };
}

/** A process that encodes `PICTURES` images for each line it receives, and answers with the milliseconds. */
async function torchSide(batch: number, threads: number) {
  const settingsOfPeer = JSON.stringify({ batch, threads, channels, latentSize, sizePx, pictures: PICTURES });
  const child = new Deno.Command(python, {
    args: [new URL("encoder_torch.py", import.meta.url).pathname, settingsOfPeer],
    stdin: "piped",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const writer = child.stdin.getWriter();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  const line = async () => (await reader.read()).value?.trim();
  if (await line() !== "ready") {
    await child.status;
    return null;
  }
  return {
    async step() {
      await writer.write(new TextEncoder().encode("\n"));
      return Number(await line());
    },
    async close() {
      await writer.close();
      await child.status;
    },
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}
