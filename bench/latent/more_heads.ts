/**
 * Whether healthy heads of further cohorts, more training steps or more local changes improve the autoencoder's
 * distance:
 *
 *     deno task bench bench/latent/more_heads.ts STUDY,STUDY [--seeds 11,12] [--steps 1600,2400] [--measured 24,28] [--seed 1]
 *         [--share 0.8] [--strength 2] [--work studies/more]
 *
 * A network is trained for each number of `--steps` on the healthy training heads of the synthetic cohort (`--phantom
 * paper`) with seed 1 and of the cohorts with the seeds of `--seeds`. The films and crops of all these cohorts are kept
 * in `--work` and reused. `--share` of the training crops get local changes of the given `--strength`. `--measured`
 * lists the numbers of latent coordinates in the distance. The normative model is always fitted to the training heads
 * of seed 1. The networks are tested on finished studies of other synthetic cohorts (`caput run --phantom paper --seed
 * N --out STUDY`). Prints, for each training, number of coordinates and study, the AUC of each grade against the
 * study's healthy held-out heads, and the p-value of grade 3 against 4 clustered by patient (not adjusted); then the
 * means over the studies (of p, the geometric mean).
 */
import { parseArgs } from "node:util";
import { readTable } from "../../src/files/read_table.ts";
import { numbersOf, textsOf } from "../../src/files/table.ts";
import {
  encodeCrops,
  fitNormative,
  type HeadCrop,
  mahalanobis,
  openModel,
  phantomStudyCohort,
  SHIPPED_MODELS,
  trainVae,
} from "../../src/mod.ts";
import { auc } from "../../src/stats/effects/auc.ts";
import { clusteredRankSum } from "../../src/stats/tests/clustered_rank_sum.ts";
import { readFilm } from "../../src/study/measure/open_film.ts";
import { readModels } from "../../src/study/models/read_models.ts";
import { measureTrainingHeads } from "../../src/study/train/measure_training_heads.ts";
import { localChangesOf } from "../../src/vae/vae_settings.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seeds: { type: "string", default: "" },
    steps: { type: "string", default: "1600" },
    measured: { type: "string", default: "28" },
    seed: { type: "string", default: "1" },
    share: { type: "string", default: "0.8" },
    strength: { type: "string", default: "2" },
    work: { type: "string", default: "studies/more" },
  },
});
const D = 128, GRADES = [0, 1, 2, 3, 4];
const list = (text: string) => text.split(",").filter((each) => each !== "");
const studies = list(positionals.join(","));
if (studies.length === 0) {
  throw new RangeError("At least one study must be given: bench/latent/more_heads.ts STUDY,STUDY");
}

const { plan } = await readModels(SHIPPED_MODELS, { need: [] });
const measured = (seed: number) =>
  measureTrainingHeads(phantomStudyCohort("paper", seed), {
    ...{ unetIn: SHIPPED_MODELS, plan, work: `${values.work}/seed-${seed}`, device: "cpu", seed: 1 },
  });
const own = await measured(1), ownTrain = own.healthy("train"), validation = own.healthy("validation");
const train = [...ownTrain];
for (const seed of list(values.seeds)) train.push(...(await measured(Number(seed))).healthy("train"));
const tests = await Promise.all(studies.map(heldOutHeads));

console.log(
  "| training heads | steps | error | measured | study | AUC distance, grade 1 | 2 | 3 | 4 | 3 vs 4, p |\n|" +
    " --- |".repeat(10),
);
for (const steps of list(values.steps)) await trainAndTest(Number(steps));

/** The held-out heads of a study, with their crops. */
async function heldOutHeads(study: string) {
  const table = await readTable(`${study}/heads.parquet`), grades = Array.from(numbersOf(table, "grade"));
  const [ids, patients, splits] = ["head_id", "patient", "split"].map((name) => textsOf(table, name));
  const held = ids.flatMap((_, i) => splits[i] === "held-out" ? [i] : []), crops: HeadCrop[] = [];
  for (const i of held) {
    const { pixels, widthPx: sizePx } = await readFilm(`${study}/crops/${ids[i]}.png`);
    crops.push({
      ...{ kind: "head-crop", side: "right", sizePx } as const,
      pixels: Float32Array.from(pixels, (value) => value / 255),
    });
  }
  const ofGrade = GRADES.map((grade) => held.flatMap((i, k) => grades[i] === grade ? [k] : []));
  return { study, crops, ofGrade, patients: held.map((i) => patients[i]) };
}

async function trainAndTest(steps: number): Promise<void> {
  const localChanges = { ...localChangesOf(Number(values.strength)), share: Number(values.share) };
  const settings = { steps, latentSize: D, measuredSize: D, localChanges };
  const vae = await trainVae({ train, validation }, { settings, seed: Number(values.seed) });
  const encoder = await openModel(vae.encoder, { device: "cpu" });
  const codes = async (crops: readonly HeadCrop[]) =>
    Float64Array.from((await encodeCrops(crops, encoder)).flatMap(({ mean }) => [...mean])); // [n, D]
  const fitted = await codes(ownTrain), tested: Float64Array[] = [];
  for (const { crops } of tests) tested.push(await codes(crops));
  await encoder.close();
  for (const k of list(values.measured).map(Number)) {
    const first = (rows: Float64Array) => rows.filter((_value, i) => i % D < k); // [n, k]
    const row = (study: string, results: readonly number[]) => {
      const cells = [train.length, steps, vae.reconstructionError.toFixed(4), k, study];
      console.log(`| ${[...cells, ...results.map((value) => value.toFixed(3))].join(" | ")} |`);
    };
    const all = tests.map(({ study, ofGrade, patients }, i) => {
      const rows = first(tested[i]);
      const latents = Float64Array.from(ofGrade[0].flatMap((h) => [...rows.subarray(h * k, (h + 1) * k)]));
      const reference = { kind: "synthetic", name: "held-out healthy heads", latents } as const;
      const normative = fitNormative(first(fitted), { d: k, reference, estimator: "ledoit-wolf" });
      const distances = mahalanobis(rows, normative);
      const of = ofGrade.map((heads) => heads.map((h) => distances[h]));
      const [clusterA, clusterB] = [3, 4].map((grade) => ofGrade[grade].map((h) => patients[h]));
      const { p } = clusteredRankSum(of[3], of[4], { clusterA, clusterB });
      const results = [...[1, 2, 3, 4].map((grade) => auc(of[0], of[grade])), p];
      row(study, results);
      return results;
    });
    const mean = (column: number) => all.reduce((sum, results) => sum + results[column], 0) / all.length;
    const geometric = Math.exp(all.reduce((sum, results) => sum + Math.log(results[4]), 0) / all.length);
    row("mean", [0, 1, 2, 3].map(mean).concat(geometric));
  }
}
