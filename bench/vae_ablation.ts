/**
 * What latent size, weight of the divergence and structural term do to the autoencoder, in a few short trainings:
 *
 *     deno task bench bench/vae_ablation.ts [--films N] [--steps N] [--crops PATH]
 *
 * Healthy heads of a development cohort (phantom seed 7, no patient of the paper's cohort) are cut through true outlines; they are
 * kept at PATH and reused. Prints a Markdown table. Choices are made on the healthy validation heads: error, similarity and use of
 * the code. The last columns look at diseased heads of the development cohort and decide nothing.
 */
import { parseArgs } from "node:util";
import { auc } from "../src/stats/auc.ts";
import {
  activeUnits,
  cropHead,
  encodeCrops,
  fitNormative,
  type HeadCrop,
  mahalanobis,
  openModel,
  paperCohort,
  patientOf,
  renderRadiograph,
  trainVae,
} from "../src/mod.ts";
import type { VaeSettings } from "../src/vae/vae_settings.ts";

const { values } = parseArgs({
  options: {
    films: { type: "string", default: "909" },
    steps: { type: "string", default: "250" },
    crops: { type: "string", default: "/tmp/caput_ablation_crops" },
  },
});
const SEED = 7, SIZE_PX = 128;
const PLAN = { sizePx: SIZE_PX, halfSideRadii: 1.35, intensityQuantiles: [0.005, 0.995] } as const;
const VARIANTS: readonly [string, Partial<VaeSettings>][] = [
  ["as shipped", {}],
  ["latent 16", { latentSize: 16 }],
  ["latent 32", { latentSize: 32 }],
  ["beta 8", { beta: 8 }],
  ["beta 1/4", { beta: 0.25 }],
  ["no structural term", { structure: 0 }],
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
  "| variant | loss, validation | error (rms) | active units | KL, nats | seconds | AUC grade 2 | 3 | 4 |",
);
console.log("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
for (const [name, overrides] of VARIANTS) {
  const started = performance.now();
  const settings = { steps: Number(values.steps), ...overrides };
  const vae = await trainVae({ train, validation }, { settings, threads: 1 });
  const seconds = (performance.now() - started) / 1000;
  const encoder = await openModel(vae.encoder, { device: "cpu", threads: 1 });
  const codes = async (heads: readonly HeadCrop[]) =>
    Float64Array.from((await encodeCrops(heads, encoder)).flatMap(({ mean }) => [...mean])); // [n, d]
  const d = vae.settings.latentSize;
  const reference = { kind: "synthetic", name: "development", latents: await codes(heldOut) } as const;
  const model = fitNormative(await codes(train), { d, reference });
  const healthy = mahalanobis(reference.latents, model);
  const areas = await Promise.all([2, 3, 4].map(async (grade) => {
    const diseased = of("held-out", grade);
    return diseased.length > 0 ? auc(healthy, mahalanobis(await codes(diseased), model)).toFixed(2) : "-";
  }));
  const units = activeUnits(await encodeCrops(validation, encoder));
  const used = `${units.filter((unit) => unit.active).length} of ${d}`;
  const nats = units.reduce((sum, unit) => sum + unit.divergence, 0).toFixed(0);
  const { best, reconstructionError } = vae;
  const cells = [
    name,
    best?.score.toFixed(3),
    reconstructionError.toFixed(4),
    used,
    nats,
    seconds.toFixed(0),
    ...areas,
  ];
  console.log(`| ${cells.join(" | ")} |`);
  await encoder.close();
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
    const { image, truth } = renderRadiograph(patientOf(plan), { widthPx: 1024 });
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
