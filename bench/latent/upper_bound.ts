/**
 * How much information on the grade the crops of a study contain, as an approximate upper bound for label-free
 * measures: classifiers trained with the grades, cross-validated by patient, compared with the study's own measures:
 *
 *     deno task bench bench/latent/upper_bound.ts STUDY [--components 40] [--ridge 10] [--folds 5] [--seed 1]
 *
 * Prints the AUC of each grade against the healthy held-out heads, and of grade 4 against grade 3 with the p-value
 * clustered by patient. The classifiers are ridge logistic regressions on three sets of features: the leading principal
 * components of the local-contrast crops; the study's latent vectors; and latent vectors, their squares, distance and
 * residual together (a lesion moves a latent vector away from healthy, but not in one direction). The components are
 * those of the healthy training heads. None of these classifiers is part of Caput, and a label-free distance is not
 * expected to reach their AUCs.
 */
import { parseArgs } from "node:util";
import { seededPrng } from "../../src/array/seeded_prng.ts";
import { readTable } from "../../src/files/read_table.ts";
import { numbersOf, textsOf } from "../../src/files/table.ts";
import { resize } from "../../src/image/resize.ts";
import { fitOrdinal } from "../../src/normative/fit_ordinal.ts";
import { leadingComponents } from "../../src/projection/leading_components.ts";
import { auc } from "../../src/stats/effects/auc.ts";
import { formatP } from "../../src/stats/format/format_p.ts";
import { clusteredRankSum } from "../../src/stats/tests/clustered_rank_sum.ts";
import { readFilm } from "../../src/study/measure/open_film.ts";
import { localContrast } from "../../src/vae/local_contrast.ts";

const { values, positionals: [study] } = parseArgs({
  allowPositionals: true,
  options: {
    components: { type: "string", default: "40" },
    ridge: { type: "string", default: "10" },
    folds: { type: "string", default: "5" },
    seed: { type: "string", default: "1" },
  },
});
if (study === undefined) {
  throw new RangeError("A study folder must be given: bench/latent/upper_bound.ts STUDY");
}
const SIDE_PX = 128, GRID_PX = 64, size = GRID_PX * GRID_PX;
const components = Number(values.components), folds = Number(values.folds);

const heads = await readTable(`${study}/heads.parquet`),
  deviations = await readTable(`${study}/deviations.parquet`);
const [ids, patients, splits] = ["head_id", "patient", "split"].map((name) => textsOf(heads, name));
const grades = Array.from(numbersOf(heads, "grade"));
const pictures: Float32Array[] = [];
for (const id of ids) {
  const { pixels } = await readFilm(`${study}/crops/${id}.png`);
  const contrast = localContrast(Float32Array.from(pixels, (value) => value / 255), SIDE_PX);
  const image = { kind: "grey-image", widthPx: SIDE_PX, heightPx: SIDE_PX, pixels: contrast } as const;
  pictures.push(resize(image, { widthPx: GRID_PX, heightPx: GRID_PX }).pixels);
}
const train = ids.flatMap((_, i) => splits[i] === "train" && grades[i] === 0 ? [i] : []);
const fitted = new Float64Array(train.length * size);
train.forEach((from, to) => fitted.set(pictures[from], to * size));
const pca = leadingComponents(fitted, { d: size, components });
const projected = pictures.map((picture) =>
  Float64Array.from({ length: components }, (_v, c) => {
    let sum = 0;
    for (let j = 0; j < size; j++) sum += (picture[j] - pca.mean[j]) * pca.axes[c * size + j];
    return sum;
  })
);
const latents = await readTable(`${study}/latents.parquet`);
const columns = Object.keys(latents).filter((name) => /^z\d+$/.test(name)).sort().map((name) =>
  numbersOf(latents, name)
);
const codes = ids.map((_id, i) => Float64Array.from(columns, (column) => column[i]));

/** Returns a score for each head index; expected to be higher for heads of the second grade of the pair. */
type Scores = (grades: readonly [number, number]) => (head: number) => number;

console.log(
  "| | grade 1 | 2 | 3 | 4 | 4 against 3 | p clustered |\n| --- | --- | --- | --- | --- | --- | --- |",
);
row(`trained with grades: ${components} components of the crops`, (pair) => supervised(projected, pair));
row(`trained with grades: latent vector (${columns.length})`, (pair) => supervised(codes, pair));
const [distances, residuals] = ["distance", "residual"].map((name) => numbersOf(deviations, name));
const extended = codes.map((code, i) =>
  Float64Array.of(...code, ...code.map((value) => value ** 2), distances[i], residuals[i])
);
row(
  "trained with grades: latent vector, its squares, distance and residual",
  (pair) => supervised(extended, pair),
);
for (const name of ["distance", "residual", "combined"]) {
  const all = numbersOf(deviations, name);
  row(name, () => (i) => all[i]);
}

function row(name: string, scores: Scores): void {
  const samples = (pair: readonly [number, number]) => {
    const score = scores(pair);
    return pair.map((grade) => held(grade).map(score));
  };
  const aucs = [1, 2, 3, 4].map((grade) => {
    const [healthy, diseased] = samples([0, grade]);
    return auc(healthy, diseased).toFixed(2);
  });
  const [third, fourth] = samples([3, 4]);
  const [clusterA, clusterB] = [3, 4].map((grade) => held(grade).map((i) => patients[i]));
  const { p } = clusteredRankSum(third, fourth, { clusterA, clusterB });
  console.log(`| ${[name, ...aucs, auc(third, fourth).toFixed(2), formatP(p)].join(" | ")} |`);
}

function held(grade: number): number[] {
  return ids.flatMap((_, i) => splits[i] === "held-out" && grades[i] === grade ? [i] : []);
}

/**
 * Score of each head from a ridge logistic regression fitted without the head's patient. Both hips of a patient are in
 * one fold.
 */
function supervised(
  features: readonly Float64Array[],
  [lower, upper]: readonly [number, number],
): (head: number) => number {
  const inside = [...held(lower), ...held(upper)], p = features[0].length;
  const names = [...new Set(inside.map((i) => patients[i]))].sort(), prng = seededPrng(Number(values.seed));
  const fold = new Map(
    names.map((name) => ({ name, key: prng() })).sort((a, b) => a.key - b.key)
      .map(({ name }, k) => [name, k % folds]),
  );
  const score = new Map<number, number>();
  for (let f = 0; f < folds; f++) {
    const seen = inside.filter((i) => fold.get(patients[i]) !== f);
    const { slopes, mean, spread } = fitOrdinal(Float64Array.from(seen.flatMap((i) => [...features[i]])), {
      ...{ p, ridge: Number(values.ridge), weighting: "balanced" },
      grades: seen.map((i) => Number(grades[i] === upper)),
    });
    for (const i of inside.filter((each) => fold.get(patients[each]) === f)) {
      score.set(i, slopes.reduce((sum, slope, j) => sum + slope * (features[i][j] - mean[j]) / spread[j], 0));
    }
  }
  return (head) => score.get(head)!;
}
