/**
 * What latent size, weight of the divergence and structural term do to the autoencoder, in a few short trainings:
 *
 *     deno task bench bench/vae_ablation.ts [--films N] [--steps N] [--threads N] [--crops PATH]
 *
 * Healthy heads of a development cohort (phantom seed 7, no patient of the paper's cohort) are cut through true outlines; they are
 * kept at PATH and reused. Prints a Markdown table. Choices are made on the healthy validation heads: error, similarity and use of
 * the code. The last columns look at diseased heads of the development cohort and decide nothing.
 */
import { parseArgs } from "node:util";
import { auc } from "../src/stats/effects/auc.ts";
import {
  activeUnits,
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
} from "../src/mod.ts";
import type { VaeSettings } from "../src/vae/vae_settings.ts";

const { values } = parseArgs({
  options: {
    films: { type: "string", default: "909" },
    steps: { type: "string", default: "250" },
    threads: { type: "string", default: "1" },
    crops: { type: "string", default: "/tmp/caput_ablation_crops" },
  },
});
const SEED = 7, SIZE_PX = 128;
const PLAN = { sizePx: SIZE_PX, halfSideRadii: 1.35, intensityQuantiles: [0.005, 0.995] } as const;
const VARIANTS: readonly [string, Partial<VaeSettings>, seed?: number][] = [
  ["as shipped", {}],
  ["as shipped, seed 2", {}, 2],
  ["latent 16", { latentSize: 16 }],
  ["latent 32", { latentSize: 32 }],
  ["beta 1/4", { beta: 0.25 }],
  ["beta 4", { beta: 4 }],
  ["no structural term", { structure: 0 }],
  ["structural term x 4", { structure: 2 }],
  ["pixelSd 0.03", { pixelSd: 0.03 }],
  ["pixelSd 0.12", { pixelSd: 0.12 }],
];

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
  "| variant | error (rms) | similarity (SSIM) | active units | KL, nats | seconds | AUC distance, grade 2 | 3 | 4 | AUC residual, grade 2 | 3 | 4 |",
);
console.log(`|${" --- |".repeat(12)}`);
for (const [name, overrides, seed = 1] of VARIANTS) {
  const started = performance.now();
  const settings = { steps: Number(values.steps), ...overrides };
  const vae = await trainVae({ train, validation }, { settings, seed, threads: Number(values.threads) });
  const seconds = (performance.now() - started) / 1000;
  const encoder = await openModel(vae.encoder, { device: "cpu", threads: 1 });
  const decoder = await openModel(vae.decoder, { device: "cpu", threads: 1 });
  const codes = async (heads: readonly HeadCrop[]) =>
    Float64Array.from((await encodeCrops(heads, encoder)).flatMap(({ mean }) => [...mean])); // [n, d]
  const draw = async (heads: readonly HeadCrop[]) =>
    await decodeLatents((await encodeCrops(heads, encoder)).map(({ mean }) => mean), decoder);
  const residuals = async (heads: readonly HeadCrop[]) =>
    (await draw(heads)).map((image, i) =>
      residualScore(residualMap(heads[i], image, { scale: vae.residualScale }), PLAN)
    );
  const d = vae.settings.latentSize;
  const reference = { kind: "synthetic", name: "development", latents: await codes(heldOut) } as const;
  const model = fitNormative(await codes(train), { d, reference });
  const healthy = mahalanobis(reference.latents, model), plain = await residuals(heldOut);
  const sick = [2, 3, 4].map((grade) => of("held-out", grade));
  const areas = async (away: (heads: HeadCrop[]) => Promise<ArrayLike<number>>, well: ArrayLike<number>) =>
    await Promise.all(
      sick.map(async (heads) => heads.length > 0 ? auc(well, await away(heads)).toFixed(2) : "-"),
    );
  const pictures = await draw(validation);
  const similar = pictures.map((image, i) =>
    similarity(localContrast(validation[i].pixels, SIZE_PX), image.pixels)
  );
  const units = activeUnits(await encodeCrops(validation, encoder));
  const cells = [
    name,
    vae.reconstructionError.toFixed(4),
    (similar.reduce((sum, value) => sum + value, 0) / similar.length).toFixed(3),
    `${units.filter((unit) => unit.active).length} of ${d}`,
    units.reduce((sum, unit) => sum + unit.divergence, 0).toFixed(0),
    seconds.toFixed(0),
    ...await areas(async (heads) => mahalanobis(await codes(heads), model), healthy),
    ...await areas(residuals, plain),
  ];
  console.log(`| ${cells.join(" | ")} |`);
  await encoder.close();
  await decoder.close();
}

/** Mean SSIM over squares of 8 x 8 (Wang et al. 2004, IEEE TIP 13:600), values from 0 to 1. */
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

/** Crops as bytes and their rows, from disk or rendered now. */
async function developmentCrops(): Promise<{ crops: HeadCrop[]; rows: Row[] }> {
  const kept = await Deno.readTextFile(`${values.crops}.json`).catch(() => null);
  if (kept === null) await renderCrops();
  const rows = JSON.parse(await Deno.readTextFile(`${values.crops}.json`)) as Row[];
  const bytes = await Deno.readFile(`${values.crops}.u8`), area = SIZE_PX * SIZE_PX;
  const crops = rows.map((_row, i): HeadCrop => {
    const pixels = Float32Array.from(bytes.subarray(i * area, (i + 1) * area), (value) => value / 255);
    return { kind: "head-crop", side: "right", sizePx: SIZE_PX, pixels };
  });
  return { crops, rows };
}

async function renderCrops(): Promise<void> {
  const rows: Row[] = [], parts: Uint8Array<ArrayBuffer>[] = [];
  for (const plan of paperCohort(SEED).patients.slice(0, Number(values.films))) {
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
  await Deno.writeFile(`${values.crops}.u8`, new Uint8Array(await new Blob(parts).arrayBuffer()));
  await Deno.writeTextFile(`${values.crops}.json`, JSON.stringify(rows));
}
