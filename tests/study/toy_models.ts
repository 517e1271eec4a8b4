import { seededPrng } from "../../src/array/seeded_prng.ts";
import { encodePng } from "../../src/image/encode_png.ts";
import { DEFAULT_PLAN } from "../../src/study/models/default_plan.ts";
import { writeModels } from "../../src/study/models/write_models.ts";
import { sigmoid } from "../../src/training/layers/activations.ts";
import { add, multiply } from "../../src/training/layers/elementwise.ts";
import { exportNetwork } from "../../src/training/graph/export_network.ts";
import type { Builder, Shape, Value } from "../../src/training/graph/graph.ts";
import { linear } from "../../src/training/layers/linear.ts";
import { averagePool2d } from "../../src/training/layers/pooling.ts";
import { concat, reshape, slice } from "../../src/training/layers/shapes.ts";
import { upsampleNearest } from "../../src/training/layers/upsampling.ts";
import { residualScaleToBytes } from "../../src/vae/residual_scale.ts";

/** Latent size of the toy autoencoder. */
export const TOY_LATENT = 4;
const INPUT_PX = 256, CROP_PX = 128, CELLS = 4;
const UNTRAINED = {
  layout: { parameters: [], statistics: [] },
  parameters: new Float32Array(0),
  statistics: new Float32Array(0),
};

function noise(g: Builder, shape: Shape, seed: number): Value {
  const prng = seededPrng(seed);
  return g.constant(
    Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => prng.normal()),
    shape,
  );
}

/** A network that marks all bright pixels as head, and heads in the film's right half as the patient's left ones. */
function toyUnet(): Uint8Array {
  const ramp = Float32Array.from({ length: INPUT_PX ** 2 }, (_, i) => 60 * ((i % INPUT_PX) / INPUT_PX - 0.5));
  return exportNetwork(
    (g, _param, film) => {
      const grey = slice(film, { axis: 1, start: 0, end: 1 }); // [n, 1, s, s]
      const none = multiply(grey, 0);
      const head = sigmoid(multiply(add(grey, -0.5), 40));
      const left = sigmoid(add(none, g.constant(ramp, [1, 1, INPUT_PX, INPUT_PX])));
      return concat([head, left, none, none], { axis: 1 });
    },
    UNTRAINED,
    {
      shape: [2, INPUT_PX, INPUT_PX],
      input: "film",
      output: "maps",
      axisNames: ["n", undefined, "height", "width"],
    },
  );
}

/** A fixed random linear function of the means of a 4 x 4 grid of cells. */
function toyEncoder(): Uint8Array {
  return exportNetwork(
    (g, _param, image) => {
      const cells = averagePool2d(image, { size: CROP_PX / CELLS }); // [n, 1, 4, 4]
      const mean = linear(
        reshape(cells, [cells.shape[0], CELLS * CELLS]),
        noise(g, [TOY_LATENT, CELLS * CELLS], 1),
      );
      return { mean, logvar: add(multiply(mean, 0.1), -2) };
    },
    UNTRAINED,
    { shape: [1, CROP_PX, CROP_PX], input: "image" },
  );
}

function toyDecoder(): Uint8Array {
  return exportNetwork(
    (g, _param, z) => {
      const cells = linear(z, noise(g, [CELLS * CELLS, TOY_LATENT], 2));
      const small = reshape(cells, [cells.shape[0], 1, CELLS, CELLS]);
      return sigmoid(upsampleNearest(small, { factor: CROP_PX / CELLS }));
    },
    UNTRAINED,
    { shape: [TOY_LATENT], input: "z", output: "image" },
  );
}

/** Writes a models folder that works on toy films: untrained networks and a residual scale, without a normative model. */
export async function writeToyModels(folder: string): Promise<void> {
  const area = CROP_PX * CROP_PX;
  const scale = { mean: new Float32Array(area), sd: new Float32Array(area).fill(0.1) };
  await writeModels(folder, {
    files: {
      "unet.onnx": toyUnet(),
      "encoder.onnx": toyEncoder(),
      "decoder.onnx": toyDecoder(),
      "residual_scale.bin": residualScaleToBytes({ kind: "residual-scale", sizePx: CROP_PX, n: 8, ...scale }),
    },
    plan: {
      name: "toy",
      // The toy network thresholds grey values, so it must see them as they are.
      segmentation: {
        ...{ ...DEFAULT_PLAN.segmentation, equalised: false },
        ...{ firstPx: INPUT_PX, inputPx: INPUT_PX },
      },
      vae: { latentSize: TOY_LATENT, channels: [1] },
      splitSha256: "0".repeat(64),
    },
  });
}

/** A film of two bright discs on a dark background, as a 16-bit PNG; a grade above 0 darkens a part of its disc. */
export function toyFilm(
  seed: number,
  grades: readonly [right: number, left: number],
): Uint8Array<ArrayBuffer> {
  const prng = seededPrng(seed);
  const widthPx = 320, heightPx = 240;
  const discs = grades.map((grade, i) => ({
    x: (i === 0 ? 80 : 240) + 4 * prng.normal(),
    y: 120 + 4 * prng.normal(),
    radius: 20 + 1.5 * prng.normal(),
    slope: [0.1 * prng.normal(), 0.1 * prng.normal()],
    level: 0.9 + 0.02 * prng.normal(),
    dark: 0.05 * grade,
    turn: prng() * 6.28,
  }));
  const samples = new Uint16Array(widthPx * heightPx);
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      let value = 0.1 + 0.01 * prng.normal();
      for (const { radius, slope, level, dark, turn, ...disc } of discs) {
        const dx = (x - disc.x) / radius, dy = (y - disc.y) / radius;
        if (dx * dx + dy * dy > 1) continue;
        const lesion = Math.hypot(dx - 0.4 * Math.cos(turn), dy - 0.4 * Math.sin(turn)) < 0.45 ? dark : 0;
        value = level + 0.08 * (slope[0] * dx + slope[1] * dy) - lesion + 0.01 * prng.normal();
      }
      samples[y * widthPx + x] = Math.round(4000 * Math.max(0, value));
    }
  }
  return encodePng({ widthPx, heightPx, samples }, { level: 1, pixelSpacingMm: [1, 1] });
}

/** Part of the names of patients, films and files of a toy cohort; it must not appear in any output. */
export const TOKEN = "ZZSECRETZZ";

/**
 * Writes a cohort of toy films: `healthy` patients without and `diseased` with disease on one side, one film each.
 *
 * @returns path of the cohort file
 */
export async function writeToyCohort(folder: string, { healthy = 26, diseased = 12 } = {}): Promise<string> {
  await Deno.mkdir(`${folder}/${TOKEN}-films`, { recursive: true });
  const lines = ["radiograph,patient,side,grade,age,sex,site"];
  for (let i = 0; i < healthy + diseased; i++) {
    const grade = i < healthy ? 0 : 1 + (i % 4);
    const grades = (i % 2 === 0 ? [grade, 0] : [0, grade]) as [number, number];
    const film = `${TOKEN}-films/${TOKEN}_${i}.png`;
    await Deno.writeFile(`${folder}/${film}`, toyFilm(100 + i, grades));
    const about = `${40 + i},${i % 2 ? "F" : "M"},${"ABC"[i % 3]}`;
    grades.forEach((each, k) =>
      lines.push(`${film},${TOKEN}^P${i},${k === 0 ? "right" : "left"},${each},${about}`)
    );
  }
  const path = `${folder}/${TOKEN}.csv`;
  await Deno.writeTextFile(path, `${lines.join("\n")}\n`);
  return path;
}
