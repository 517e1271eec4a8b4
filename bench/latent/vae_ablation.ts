/**
 * Effects of the settings in `VARIANTS` and `FITS` (local changes, latent size, number of measured coordinates and
 * others) on the autoencoder's distance, in full trainings:
 *
 *     deno task bench bench/latent/vae_ablation.ts [--films N] [--steps N] [--seeds 1,2] [--threads N]
 *         [--only TEXT] [--crops PATH] [--keep DIR]
 *
 * Heads of a development cohort (the synthetic cohort with seed 7, which has no patient of seed 1) are cut around their
 * true outlines and cached at PATH. The default PATH includes a fingerprint of the phantom, so films are rendered again
 * if the phantom changes. Prints a Markdown table with one row per training, number of measured coordinates and
 * estimator. `--only` restricts the trainings to variants whose name contains the text; `--keep` saves the trained
 * networks. AUCs are of the development cohort's held-out heads.
 */
import { parseArgs } from "node:util";
import { auc } from "../../src/stats/effects/auc.ts";
import { seededPrng } from "../../src/array/seeded_prng.ts";
import { gaussianBlur } from "../../src/image/gaussian_blur.ts";
import { spearman } from "../../src/stats/effects/spearman.ts";
import { changeCrop } from "../../src/vae/change_crop.ts";
import {
  cropHead,
  decodeLatents,
  encodeCrops,
  fitNormative,
  type HeadCrop,
  localContrast,
  mahalanobis,
  openModel,
  paperCohort,
  patientOf,
  renderRadiograph,
  residualMap,
  residualScore,
  trainVae,
} from "../../src/mod.ts";
import { phantomFingerprint } from "../../src/study/cohort/phantom_film.ts";
import { wholeCode } from "../../src/vae/whole_code.ts";
import { localChangesOf, type VaeSettings } from "../../src/vae/vae_settings.ts";

const { values } = parseArgs({
  options: {
    films: { type: "string", default: "909" },
    steps: { type: "string" },
    seeds: { type: "string", default: "1,2" },
    threads: { type: "string", default: "2" },
    only: { type: "string", default: "" },
    crops: { type: "string" },
    keep: { type: "string" },
  },
});
const SEED = 7, SIZE_PX = 128;
const PLAN = { sizePx: SIZE_PX, halfSideRadii: 1.35, intensityQuantiles: [0.005, 0.995] } as const;
const cohort = paperCohort(SEED);
const cachePath = values.crops ??
  `/tmp/caput_ablation_${phantomFingerprint(cohort).slice(0, 8)}_${values.films}`;

const strength = (k: number): Partial<VaeSettings> => ({ localChanges: localChangesOf(k) });
const VARIANTS: readonly [string, Partial<VaeSettings>][] = [
  ["strength 2, 128 dimensions (shipped)", strength(2)],
  ["strength 3, 128 dimensions", strength(3)],
  ["strength 1, 128 dimensions", strength(1)],
  ["strength 0, 128 dimensions", strength(0)],
  ["strength 2, 64 dimensions", { ...strength(2), latentSize: 64 }],
  ["strength 2, variance from processing and placement ignored", { ...strength(2), variedWeight: 0 }],
  ["strength 2, variance from processing and placement with weight 1", { ...strength(2), variedWeight: 1 }],
];
/**
 * How many of the coordinates found by `findCodeBasis` the distance uses (the first ones), and how their covariance is
 * estimated.
 */
const FITS = [
  [24, "ledoit-wolf"],
  [24, "sample"],
  [16, "ledoit-wolf"],
  [28, "ledoit-wolf"],
  [32, "ledoit-wolf"],
  [40, "ledoit-wolf"],
  [Infinity, "ledoit-wolf"],
] as const;

interface Row {
  readonly grade: number;
  readonly split: string;
}

const { crops, rows } = await developmentCrops();
const of = (split: string, grade: number) =>
  crops.filter((_c, i) => rows[i].split === split && rows[i].grade === grade);
const train = of("train", 0), validation = of("validation", 0), heldOut = of("held-out", 0);
console.log(
  `${train.length} training, ${validation.length} validation, ${heldOut.length} held-out healthy heads\n`,
);
console.log(
  "| variant | seed | steps | error (rms) | similarity (SSIM) | seconds | measured | covariance | distance before and after a change of outline and exposure (Spearman) | AUC distance, grade 1 | 2 | 3 | 4 | " +
    "AUC residual, grade 1 | 2 | 3 | 4 |",
);
console.log(`|${" --- |".repeat(17)}`);
const seeds = values.seeds.split(",").map(Number);
for (const [name, overrides] of VARIANTS.filter(([name]) => name.includes(values.only))) {
  for (const seed of seeds) await trainAndMeasure(name, { overrides, seed });
}

async function trainAndMeasure(
  name: string,
  { overrides, seed }: { overrides: Partial<VaeSettings>; seed: number },
): Promise<void> {
  const started = performance.now();
  const latentSize = overrides.latentSize ?? 128;
  const steps = values.steps ? { steps: Number(values.steps) } : {};
  const settings = { ...steps, ...overrides, latentSize, measuredSize: latentSize };
  const vae = await trainVae({ train, validation }, { settings, seed, threads: Number(values.threads) });
  const seconds = (performance.now() - started) / 1000;
  if (values.keep) {
    await Deno.mkdir(values.keep, { recursive: true });
    const file = `${values.keep}/${name.replaceAll(/[ ,]+/g, "_")}_${seed}`;
    await Deno.writeFile(`${file}.encoder.onnx`, vae.encoder);
    await Deno.writeFile(`${file}.decoder.onnx`, vae.decoder);
  }
  const encoder = await openModel(vae.encoder, { device: "cpu", threads: 1 });
  const decoder = await openModel(vae.decoder, { device: "cpu", threads: 1 });
  const codes = async (heads: readonly HeadCrop[]) =>
    Float64Array.from((await encodeCrops(heads, encoder)).flatMap(({ mean }) => [...mean])); // [n, d]
  const draw = async (heads: readonly HeadCrop[]) =>
    await decodeLatents((await encodeCrops(heads, encoder)).map(wholeCode), decoder);
  const residuals = async (heads: readonly HeadCrop[]) =>
    (await draw(heads)).map((image, i) =>
      residualScore(residualMap(heads[i], image, { scale: vae.residualScale }), PLAN)
    );
  const d = vae.settings.latentSize, diseased = [1, 2, 3, 4].map((grade) => of("held-out", grade));
  const healthyCodes = await codes(heldOut), diseasedCodes = await Promise.all(diseased.map(codes));
  const healthyResiduals = await residuals(heldOut),
    diseasedResiduals = await Promise.all(diseased.map(residuals));
  const pictures = await draw(validation);
  const similar = pictures.map((image, i) =>
    similarity(localContrast(validation[i].pixels, SIZE_PX), image.pixels)
  );
  const unchanged = [...validation, ...heldOut],
    again = await codes(unchanged.map(filmedAgain)),
    before = await codes(unchanged);
  const trainCodes = await codes(train);
  for (const [most, estimator] of FITS) {
    const k = Math.min(most, d), first = (rows: Float64Array) => rows.filter((_v, i) => i % d < k); // [n, k]
    const reference = { kind: "synthetic", name: "development", latents: first(healthyCodes) } as const;
    const model = fitNormative(first(trainCodes), { d: k, reference, estimator });
    const distances = (rows: Float64Array) => mahalanobis(first(rows), model);
    const healthy = distances(healthyCodes);
    const cells = [
      ...[name, seed, vae.steps, vae.reconstructionError.toFixed(4)],
      (similar.reduce((sum, value) => sum + value, 0) / similar.length).toFixed(3),
      ...[seconds.toFixed(0), k, estimator, spearman(distances(before), distances(again)).toFixed(2)],
      ...diseasedCodes.map((each) => each.length > 0 ? auc(healthy, distances(each)).toFixed(3) : "-"),
      ...diseasedResiduals.map((each) => each.length > 0 ? auc(healthyResiduals, each).toFixed(3) : "-"),
    ];
    console.log(`| ${cells.join(" | ")} |`);
  }
  await encoder.close();
  await decoder.close();
}

/**
 * The same head as on another film: a slightly different outline, different exposure and sharpening, and independent
 * grain.
 */
function filmedAgain(crop: HeadCrop, index: number): HeadCrop {
  const prng = seededPrng(index + 1), { sizePx } = crop;
  const changes = {
    shift: 0.01,
    scale: 0.02,
    turnDegrees: 2,
    contrast: 0.1,
    blurPx: 0,
    noise: 0.015,
    compressed: 0,
  };
  const into = { target: new Float32Array(crop.pixels.length), input: new Float32Array(crop.pixels.length) };
  changeCrop(crop.pixels, { sizePx, changes, prng, into });
  const image = { kind: "grey-image", widthPx: sizePx, heightPx: sizePx, pixels: into.input } as const;
  return { ...crop, pixels: gaussianBlur(image, { sigmaPx: 0.1 + 0.6 * prng() }).pixels };
}

/** Mean SSIM over squares of 8 x 8 pixels (Wang et al. 2004, IEEE TIP 13:600), for values from 0 to 1. */
function similarity(a: Float32Array, b: Float32Array): number {
  const side = 8, c1 = 0.01 ** 2, c2 = 0.03 ** 2, n = side * side;
  let total = 0, squares = 0;
  for (let y = 0; y < SIZE_PX; y += side) {
    for (let x = 0; x < SIZE_PX; x += side) {
      let sa = 0, sb = 0, saa = 0, sbb = 0, sab = 0;
      for (let k = 0; k < n; k++) {
        const at = (y + Math.floor(k / side)) * SIZE_PX + x + k % side, u = a[at], v = b[at];
        sa += u;
        sb += v;
        saa += u * u;
        sbb += v * v;
        sab += u * v;
      }
      const ma = sa / n, mb = sb / n;
      total += (2 * ma * mb + c1) * (2 * (sab / n - ma * mb) + c2) /
        ((ma * ma + mb * mb + c1) * (saa / n - ma * ma + sbb / n - mb * mb + c2));
      squares++;
    }
  }
  return total / squares;
}

/** Crops and their rows in the cohort file, from the cache or newly rendered. */
async function developmentCrops(): Promise<{ crops: HeadCrop[]; rows: Row[] }> {
  const known = await Deno.stat(`${cachePath}.json`).then(() => true, () => false);
  if (!known) await renderCrops();
  const rows = JSON.parse(await Deno.readTextFile(`${cachePath}.json`)) as Row[];
  const bytes = await Deno.readFile(`${cachePath}.u8`), area = SIZE_PX * SIZE_PX;
  const crops = rows.map((_row, i): HeadCrop => {
    const pixels = Float32Array.from(bytes.subarray(i * area, (i + 1) * area), (value) => value / 255);
    return { kind: "head-crop", side: "right", sizePx: SIZE_PX, pixels };
  });
  return { crops, rows };
}

async function renderCrops(): Promise<void> {
  const rows: Row[] = [], parts: Uint8Array<ArrayBuffer>[] = [];
  for (const plan of cohort.patients.slice(0, Number(values.films))) {
    const { image, truth } = renderRadiograph(patientOf(plan), { widthPx: 768 });
    const top = 2 ** image.bitsStored - 1, negative = image.photometric === "MONOCHROME1";
    const pixels = Float32Array.from(image.stored, (value) => negative ? top - value : value);
    const film = {
      ...{ kind: "radiograph", pixels, padding: null, pixelSpacingMm: null, spacingSource: "none" } as const,
      ...{ widthPx: image.widthPx, heightPx: image.heightPx, bitsStored: image.bitsStored },
      ...{ headerSide: "unknown", storedSha256: "" } as const,
    };
    for (const head of truth.heads.filter(({ complete }) => complete)) {
      const mask = { ...head, kind: "head-mask", areaPx: 0, confidence: 1, quality: [] } as const;
      const crop = cropHead(film, mask, PLAN);
      parts.push(Uint8Array.from(crop.pixels, (value) => Math.round(255 * value)));
      rows.push({ grade: head.grade, split: plan.split });
    }
  }
  await Deno.writeFile(`${cachePath}.u8`, new Uint8Array(await new Blob(parts).arrayBuffer()));
  await Deno.writeTextFile(`${cachePath}.json`, JSON.stringify(rows));
}
