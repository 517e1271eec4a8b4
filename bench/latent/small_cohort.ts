/**
 * What a hospital with few films can expect: training on 64 healthy ready-made crops, then a study, compared with
 * PCA(24) and Mahalanobis distance:
 *
 *     deno task bench bench/latent/small_cohort.ts [--from MODELS] [--films N] [--seed N] [--healthy N] [--threads N]
 *
 * Crops of 511 x 511 pixels with 8 bits are cut around the true outlines of the hard cohort, which no network was
 * trained on. Each crop has its own contrast, and nothing around the square is kept. Of the N patients of `--films`,
 * `--healthy` heads of healthy patients are used for training and a quarter as many (at least 16) for validation; both
 * hips of a patient are used for the same purpose. All other patients are tested. Prints, by grade, the AUC against the
 * healthy test heads, and the seconds that training and study take. `--from none` starts from random weights.
 */
import { parseArgs } from "node:util";
import { seededPrng } from "../../src/array/seeded_prng.ts";
import { encodePng } from "../../src/image/encode_png.ts";
import { resize } from "../../src/image/resize.ts";
import {
  cropHead,
  fileStudyCohort,
  hardCohort,
  patientOf,
  renderRadiograph,
  runStudy,
  SHIPPED_MODELS,
  trainVaeModels,
} from "../../src/mod.ts";
import { leadingComponents } from "../../src/projection/leading_components.ts";
import { auc } from "../../src/stats/effects/auc.ts";
import { readTable } from "../../src/files/read_table.ts";
import { numbersOf, textsOf } from "../../src/files/table.ts";
import type { Radiograph } from "../../src/types.ts";

const { values } = parseArgs({
  options: {
    from: { type: "string", default: SHIPPED_MODELS },
    films: { type: "string", default: "500" },
    seed: { type: "string", default: "33" },
    healthy: { type: "string", default: "64" },
    threads: { type: "string", default: "2" },
  },
});
const SIDE_PX = 511, GRID_PX = 64, COMPONENTS = 24;
const PLAN = { sizePx: SIDE_PX, halfSideRadii: 1.35, intensityQuantiles: [0, 1] } as const;

/** One ready-made crop. */
interface Ready {
  readonly patient: string;
  readonly grade: number;
  split: "train" | "validation" | "held-out";
  readonly samples: Uint8Array<ArrayBuffer>; // [SIDE_PX, SIDE_PX]
}

const folder = await Deno.makeTempDir({ prefix: "caput_small_" });
try {
  const ready = readyCrops();
  const table = ["crop,patient,side,grade,split"];
  for (const [i, { patient, grade, split, samples }] of ready.entries()) {
    await Deno.writeFile(
      `${folder}/c${i}.png`,
      encodePng({ widthPx: SIDE_PX, heightPx: SIDE_PX, samples }, { level: 1 }),
    );
    table.push(`c${i}.png,${patient},right,${grade},${split}`);
  }
  await Deno.writeTextFile(`${folder}/cohort.csv`, `${table.join("\n")}\n`);
  const began = performance.now();
  const cohort = await fileStudyCohort(`${folder}/cohort.csv`, {
    name: "small cohort",
    out: `${folder}/study`,
  });
  const { vae } = await trainVaeModels(cohort, {
    ...{ out: `${folder}/models`, work: `${folder}/study`, threads: Number(values.threads) },
    from: values.from === "none" ? null : values.from,
  });
  const trained = performance.now();
  await runStudy(cohort, { out: `${folder}/study`, models: `${folder}/models`, device: "cpu" });
  const done = performance.now();
  const split = (name: string) => ready.filter((each) => each.split === name && each.grade === 0).length;
  console.log(
    `healthy crops: ${split("train")} for training, ${split("validation")} for validation, ${
      split("held-out")
    } for testing; ` +
      `started from ${
        values.from === "none" ? "random weights" : "a trained network"
      }: ${vae.steps} steps, ` +
      `training ${((trained - began) / 1000).toFixed(0)} s, study ${
        ((done - trained) / 1000).toFixed(0)
      } s\n`,
  );
  const heads = await readTable(`${folder}/study/heads.parquet`);
  const deviations = await readTable(`${folder}/study/deviations.parquet`);
  const grades = numbersOf(heads, "grade"), splits = textsOf(heads, "split");
  const rows = ready.map((_each, i) => i); // heads are in the order of the cohort file
  const patients = textsOf(heads, "patient"),
    ids = new Map(ready.map(({ patient }, i) => [patient, patients[i]]));
  if (ready.some(({ patient, grade }, i) => ids.get(patient) !== patients[i] || grade !== grades[i])) {
    throw new Error("Cannot compare with PCA: the study's heads must be in the order of the cohort file");
  }
  const measures = {
    distance: Array.from(numbersOf(deviations, "distance")),
    residual: Array.from(numbersOf(deviations, "residual")),
    combined: Array.from(numbersOf(deviations, "combined")),
    [`PCA(${COMPONENTS}), Mahalanobis`]: fromPca(ready, rows),
  };
  console.log(
    "| AUC against the healthy test heads | grade 1 | 2 | 3 | 4 |\n| --- | --- | --- | --- | --- |",
  );
  for (const [name, all] of Object.entries(measures)) {
    const of = (grade: number) => all.filter((_v, i) => splits[i] === "held-out" && grades[i] === grade);
    console.log(`| ${name} | ${[1, 2, 3, 4].map((grade) => auc(of(0), of(grade)).toFixed(2)).join(" | ")} |`);
  }
} finally {
  await Deno.remove(folder, { recursive: true });
}

/** Complete heads of the hard cohort, cropped and exported with arbitrary contrast. */
function readyCrops(): Ready[] {
  const found: Ready[] = [], prng = seededPrng(Number(values.seed)).fork("contrasts");
  for (const plan of hardCohort(Number(values.seed), Number(values.films)).patients) {
    const { image, truth } = renderRadiograph(patientOf(plan), { widthPx: 1024 });
    const top = 2 ** image.bitsStored - 1, negative = image.photometric === "MONOCHROME1";
    const pixels = Float32Array.from(image.stored, (value) => negative ? top - value : value);
    const film: Radiograph = {
      ...{ kind: "radiograph", pixels, padding: null, pixelSpacingMm: null, spacingSource: "none" },
      ...{ widthPx: image.widthPx, heightPx: image.heightPx, bitsStored: image.bitsStored },
      ...{ headerSide: "unknown", storedSha256: "" },
    };
    for (const head of truth.heads.filter(({ complete }) => complete)) {
      const mask = { ...head, kind: "head-mask", areaPx: 0, confidence: 1, quality: [] } as const;
      const crop = cropHead(film, mask, PLAN);
      const gamma = 0.6 + 0.9 * prng(), low = 40 * prng(), high = 170 + 85 * prng();
      const samples = Uint8Array.from(
        crop.pixels,
        (value) => Math.round(low + (high - low) * value ** gamma),
      );
      found.push({ patient: plan.name, grade: head.grade, split: "held-out", samples });
    }
  }
  const diseasedPatients = new Set(found.filter(({ grade }) => grade > 0).map(({ patient }) => patient));
  let train = Number(values.healthy), validation = Math.max(16, Math.round(train / 4));
  for (const patient of new Set(found.map((each) => each.patient))) {
    const own = found.filter((each) => each.patient === patient);
    if (diseasedPatients.has(patient)) continue;
    if (train >= own.length) {
      own.forEach((each) => each.split = "train");
      train -= own.length;
    } else if (validation >= own.length) {
      own.forEach((each) => each.split = "validation");
      validation -= own.length;
    }
  }
  return found;
}

/**
 * Mahalanobis distance in the space of the training heads' leading principal components of grey values scaled to 0 to
 * 1.
 */
function fromPca(all: readonly Ready[], rows: readonly number[]): number[] {
  const size = GRID_PX * GRID_PX;
  const row = ({ samples }: Ready) => {
    const image = { kind: "grey-image", widthPx: SIDE_PX, heightPx: SIDE_PX, pixels: samples } as const;
    const small = resize(image, { widthPx: GRID_PX, heightPx: GRID_PX }).pixels;
    const sorted = Float32Array.from(small).sort(), low = sorted[20], high = sorted[size - 21];
    return small.map((value) => Math.min(1, Math.max(0, (value - low) / (high - low))));
  };
  const pictures = rows.map((at) => row(all[at]));
  const train = rows.flatMap((at, i) => all[at].split === "train" && all[at].grade === 0 ? [i] : []);
  const fitted = new Float64Array(train.length * size);
  train.forEach((from, to) => fitted.set(pictures[from], to * size));
  const { mean, axes, variances } = leadingComponents(fitted, { d: size, components: COMPONENTS });
  return pictures.map((picture) => {
    let squared = 0;
    for (let c = 0; c < COMPONENTS; c++) {
      let score = 0;
      for (let j = 0; j < size; j++) score += (picture[j] - mean[j]) * axes[c * size + j];
      squared += score * score / variances[c];
    }
    return Math.sqrt(squared);
  });
}
