/**
 * Whether healthy heads of further cohorts and more training steps improve the autoencoder's distance:
 *
 *     deno task bench bench/latent/more_heads.ts OWN TEST [--more STUDY,STUDY] [--steps 992,1600] [--measured 28] [--seed 1]
 *         [--share 0.5] [--strength 2]
 *
 * OWN, TEST and the further studies are finished studies of different synthetic cohorts (`caput run --phantom paper
 * --seed N --out STUDY`). A network is trained for each number of `--steps`: on the healthy training heads of OWN, then on
 * these and the healthy training heads of the further studies together. `--share` of the training crops get local
 * changes of the given `--strength`. `--measured` lists the numbers of latent coordinates in the distance. The
 * normative model is always fitted to the training heads of OWN. Prints, for each training and number of coordinates,
 * the AUC of each grade of TEST against its healthy held-out heads, and the p-value of grade 3 against 4 clustered by
 * patient (not adjusted).
 */
import { parseArgs } from "node:util";
import { readTable } from "../../src/files/read_table.ts";
import { numbersOf, textsOf } from "../../src/files/table.ts";
import { encodeCrops, fitNormative, type HeadCrop, mahalanobis, openModel, trainVae } from "../../src/mod.ts";
import { auc } from "../../src/stats/effects/auc.ts";
import { formatP } from "../../src/stats/format/format_p.ts";
import { clusteredRankSum } from "../../src/stats/tests/clustered_rank_sum.ts";
import { localChangesOf } from "../../src/vae/vae_settings.ts";
import { readFilm } from "../../src/study/measure/open_film.ts";

const { values, positionals: [own, test] } = parseArgs({
  allowPositionals: true,
  options: {
    more: { type: "string", default: "" },
    steps: { type: "string", default: "992,1600" },
    measured: { type: "string", default: "28" },
    seed: { type: "string", default: "1" },
    share: { type: "string", default: "0.5" },
    strength: { type: "string", default: "2" },
  },
});
if (own === undefined || test === undefined) {
  throw new RangeError("Two study folders must be given: bench/latent/more_heads.ts OWN TEST");
}
const list = (text: string) => text.split(",").filter((each) => each !== "");

/** The heads of a study, with their crops. */
async function readHeads(study: string) {
  const table = await readTable(`${study}/heads.parquet`), grades = Array.from(numbersOf(table, "grade"));
  const [ids, patients, splits] = ["head_id", "patient", "split"].map((name) => textsOf(table, name));
  const crops: HeadCrop[] = [];
  for (const id of ids) {
    const { pixels, widthPx: sizePx } = await readFilm(`${study}/crops/${id}.png`);
    crops.push({
      kind: "head-crop",
      side: "right",
      sizePx,
      pixels: Float32Array.from(pixels, (value) => value / 255),
    });
  }
  const which = (split: string, grade: number) =>
    ids.flatMap((_, i) => splits[i] === split && grades[i] === grade ? [i] : []);
  return { crops, patients, which };
}

const mine = await readHeads(own), measured = await readHeads(test);
const healthy = ({ crops, which }: typeof mine, split: string) => which(split, 0).map((i) => crops[i]);
const ownTrain = healthy(mine, "train"), validation = healthy(mine, "validation"), added: HeadCrop[] = [];
for (const study of list(values.more)) added.push(...healthy(await readHeads(study), "train"));
console.log(
  "| training heads | steps | reconstruction error | measured | AUC distance, grade 1 | 2 | 3 | 4 | 3 vs 4, p |\n|" +
    " --- |".repeat(9),
);
for (const train of added.length > 0 ? [ownTrain, [...ownTrain, ...added]] : [ownTrain]) {
  for (const steps of list(values.steps)) await trainAndMeasure(train, Number(steps));
}

async function trainAndMeasure(train: readonly HeadCrop[], steps: number): Promise<void> {
  const localChanges = { ...localChangesOf(Number(values.strength)), share: Number(values.share) };
  const d = 128, settings = { steps, latentSize: d, measuredSize: d, localChanges };
  const vae = await trainVae({ train, validation }, { settings, seed: Number(values.seed) });
  const encoder = await openModel(vae.encoder, { device: "cpu" });
  const codes = async (crops: readonly HeadCrop[]) =>
    Float64Array.from((await encodeCrops(crops, encoder)).flatMap(({ mean }) => [...mean])); // [n, d]
  const fitted = await codes(ownTrain), all = await codes(measured.crops);
  await encoder.close();
  for (const k of list(values.measured).map(Number)) {
    const first = (rows: Float64Array) => rows.filter((_value, i) => i % d < k); // [n, k]
    const held = [0, 1, 2, 3, 4].map((grade) => measured.which("held-out", grade)), rows = first(all);
    const latents = Float64Array.from(held[0].flatMap((i) => [...rows.subarray(i * k, (i + 1) * k)]));
    const reference = { kind: "synthetic", name: "held-out healthy heads of TEST", latents } as const;
    const distances = mahalanobis(
      rows,
      fitNormative(first(fitted), { d: k, reference, estimator: "ledoit-wolf" }),
    );
    const of = held.map((indices) => indices.map((i) => distances[i]));
    const [clusterA, clusterB] = [3, 4].map((grade) => held[grade].map((i) => measured.patients[i]));
    const { p } = clusteredRankSum(of[3], of[4], { clusterA, clusterB });
    const aucs = [1, 2, 3, 4].map((grade) => auc(of[0], of[grade]).toFixed(3));
    const cells = [train.length, steps, vae.reconstructionError.toFixed(4), k, ...aucs, formatP(p)];
    console.log(`| ${cells.join(" | ")} |`);
  }
}
