/**
 * How well a small classifier distinguishes healthy heads of the phantom from those of real films. Square crops of 64
 * px, which reach 1.5 radii from the centre, get local contrast normalisation and are reduced to principal directions
 * for a logistic regression, cross-validated by film. An area under the curve (AUC) of 0.5 means that the
 * classifier cannot distinguish them.
 *
 *   deno task bench bench/phantom/realism.ts [--films 92] [--cohort paper|hard] [--seed 1] [--repeats 3] [--json FILE]
 *     [--pictures FILE]
 *
 * `--films` limits the number of films of each kind, `--repeats` is the number of cross-validations. `--pictures`
 * writes a PNG that shows, from the top: the synthetic heads that are easiest to recognise, and the real ones; the same
 * heads without local contrast normalisation; the synthetic heads that look most like real ones, and the reverse; then
 * the mean synthetic head, the mean real one, their difference, and the directions that differ most (real is bright).
 * The real films (../shared/data/films) are not part of the project.
 */
import { parseArgs } from "node:util";
import { orderStatistics } from "../../src/array/order_statistics.ts";
import { type Prng, seededPrng } from "../../src/array/seeded_prng.ts";
import { auc } from "../../src/stats/effects/auc.ts";
import { drawCrops } from "../labelled_films/draw_crops.ts";
import { CROP_PX, type HealthyCrop, realCrops, syntheticCrops } from "../labelled_films/healthy_crops.ts";
import type { RealismResult } from "../labelled_films/real_films_result.ts";
import { fitLogistic, principalDirections, scoresOf } from "../labelled_films/fit_logistic.ts";

const { values } = parseArgs({
  options: {
    films: { type: "string", default: "92" },
    cohort: { type: "string", default: "paper" },
    seed: { type: "string", default: "1" },
    repeats: { type: "string", default: "3" },
    json: { type: "string" },
    pictures: { type: "string" },
  },
});
const { cohort } = values;
if (cohort !== "paper" && cohort !== "hard") {
  throw new RangeError(`--cohort must be paper or hard, got ${cohort}`);
}
const FOLDS = 5, DIRECTIONS = 24, RESAMPLES = 1000;
const prng = seededPrng(Number(values.seed)).fork("realism");

const allReal = await realCrops(), wanted = Number(values.films);
const realFilms = shuffled([...new Set(allReal.map(({ film }) => film))], prng).slice(0, wanted);
const real = allReal.filter(({ film }) => realFilms.includes(film));
const synthetic = syntheticCrops({
  ...{ cohort, seed: Number(values.seed), films: realFilms.length },
  radii: real.map(({ radiusPx }) => radiusPx),
});
const crops = [...real, ...synthetic];
const filmsOf = (of: readonly HealthyCrop[]) => [...new Set(of.map(({ film }) => film))];
const [R, S] = [filmsOf(real), filmsOf(synthetic)];
console.log(`${R.length} real and ${S.length} synthetic films (${cohort}), ${crops.length} heads`);

/** Log odds that each film is real, from classifiers trained without it, on at most `each` films of either kind. */
function crossValidate(each: number): { odds: Map<string, number>; ofCrop: Map<HealthyCrop, number> } {
  const sums = new Map<HealthyCrop, number[]>();
  for (let repeat = 0; repeat < Number(values.repeats); repeat++) {
    const [r, s] = [shuffled(R, prng), shuffled(S, prng)];
    for (let fold = 0; fold < FOLDS; fold++) {
      const mine = (films: string[], keep: boolean) => films.filter((_, i) => (i % FOLDS === fold) === keep);
      const trainingFilms = new Set([...mine(r, false).slice(0, each), ...mine(s, false).slice(0, each)]);
      const held = new Set([...mine(r, true), ...mine(s, true)]);
      const training = crops.filter(({ film }) => trainingFilms.has(film)),
        tested = crops.filter(({ film }) => held.has(film));
      const count = Math.min(DIRECTIONS, Math.floor(training.length / 4));
      const directions = principalDirections(training.map(({ pixels }) => pixels), count);
      const fit = fitLogistic(scoresOf(training.map(({ pixels }) => pixels), directions), {
        labels: training.map(({ real }) => real),
      });
      scoresOf(tested.map(({ pixels }) => pixels), directions).forEach((score, i) =>
        sums.set(tested[i], [...sums.get(tested[i]) ?? [], fit(score)])
      );
    }
  }
  const mean = (list: readonly number[]) => list.reduce((a, b) => a + b, 0) / list.length;
  const ofCrop = new Map([...sums].map(([crop, odds]) => [crop, mean(odds)]));
  const byFilm = Map.groupBy(ofCrop, ([{ film }]) => film);
  return {
    odds: new Map([...byFilm].map(([film, list]) => [film, mean(list.map(([, odds]) => odds))])),
    ofCrop,
  };
}

/** AUC with a 95 % interval from a bootstrap over films. */
function areaOf(odds: Map<string, number>): { auc: number; interval: [number, number] } {
  const of = (films: readonly string[]) => films.map((film) => odds.get(film)!);
  const again = (films: readonly string[]) => films.map(() => films[prng.integer(films.length)]);
  const drawn = Float32Array.from({ length: RESAMPLES }, () => auc(of(again(S)), of(again(R))));
  const [low, high] = orderStatistics(drawn, [
    Math.round(0.025 * RESAMPLES),
    Math.round(0.975 * RESAMPLES) - 1,
  ]);
  return { auc: auc(of(S), of(R)), interval: [low, high] };
}

function shuffled<T>(list: readonly T[], prng: Prng): T[] {
  const out = [...list];
  for (let i = out.length - 1; i > 0; i--) {
    const j = prng.integer(i + 1);
    [out[i], out[j]] = [out[j], out[i]];
  }
  return out;
}

const most = Math.floor(Math.min(R.length, S.length) * (FOLDS - 1) / FOLDS),
  rows: RealismResult["auc"][number][] = [];
let last: ReturnType<typeof crossValidate> | null = null;
for (const each of [2, 5, 10, 20, 40, most].filter((n, i, all) => n <= most && all.indexOf(n) === i)) {
  last = crossValidate(each);
  const row = { filmsOfEachKind: each, ...areaOf(last.odds) };
  rows.push(row);
  console.log(
    `trained on ${each} films of each kind: AUC ${row.auc.toFixed(3)} (${
      row.interval.map((v) => v.toFixed(3)).join(" to ")
    })`,
  );
}

const spread = (list: readonly number[]) => {
  const mean = list.reduce((a, b) => a + b, 0) / list.length;
  return { mean, variance: list.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (list.length - 1) };
};
/**
 * Mean of the real heads minus that of the synthetic ones, in standard deviations within a kind, and the ratio of the
 * standard deviations.
 */
function compare(of: (crop: HealthyCrop, i: number) => number): { d: number; spreads: number } {
  const list = crops.map(of), a = spread(list.slice(0, real.length)), b = spread(list.slice(real.length));
  return {
    d: (a.mean - b.mean) / Math.sqrt((a.variance + b.variance) / 2),
    spreads: Math.sqrt(a.variance / b.variance),
  };
}
const directions = principalDirections(crops.map(({ pixels }) => pixels), DIRECTIONS);
const scores = scoresOf(crops.map(({ pixels }) => pixels), directions);
const differing = directions.vectors.map((vector, k) => ({ k, vector, ...compare((_, i) => scores[i][k]) }))
  .sort((a, b) => Math.abs(b.d) - Math.abs(a.d));
console.log(
  "principal directions that differ most (mean of real minus synthetic in standard deviations; ratio of their standard deviations):",
);
for (const { k, d, spreads } of differing.slice(0, 6)) {
  console.log(`  direction ${k + 1}: ${d.toFixed(2)}; ${spreads.toFixed(2)}`);
}

/**
 * Logarithm of the sum of squared differences of pixels that are `lag` columns apart: short distances measure grain and
 * sharpness, long ones contours.
 */
const roughness = (pixels: Float32Array, lag: number) => {
  let sum = 0;
  for (let y = 0; y < CROP_PX; y++) {
    for (let x = 0; x + lag < CROP_PX; x++) {
      sum += (pixels[y * CROP_PX + x] - pixels[y * CROP_PX + x + lag]) ** 2;
    }
  }
  return Math.log(sum + 1e-9);
};
const measures = {
  ...Object.fromEntries([1, 2, 4, 8].map((lag) => [
    `difference of pixels ${lag} apart`,
    compare(({ pixels }) => roughness(pixels, lag)),
  ])),
  "mean grey, without local contrast": compare(({ plain }) => spread([...plain]).mean),
  "contrast, without local contrast": compare(({ plain }) => spread([...plain]).variance),
  "grey at the centre, without local contrast": compare(({ plain }) => ringMean(plain, [0, 0.3])),
  "grey at the head's edge": compare(({ pixels }) => ringMean(pixels, [0.9, 1])),
  "grey just inside": compare(({ pixels }) => ringMean(pixels, [0.75, 0.85])),
  "grey just outside": compare(({ pixels }) => ringMean(pixels, [1.05, 1.2])),
};
/** Mean grey value between two circles around the centre, in radii of the head. */
function ringMean(pixels: Float32Array, [from, to]: readonly [number, number]): number {
  let sum = 0, count = 0;
  for (let i = 0; i < pixels.length; i++) {
    const middle = (CROP_PX - 1) / 2;
    const r = Math.hypot(i % CROP_PX - middle, Math.floor(i / CROP_PX) - middle) * 3 / CROP_PX;
    if (r >= from && r < to) sum += pixels[i], count++;
  }
  return sum / count;
}
console.log(
  "simple measures (mean of real minus synthetic in standard deviations; ratio of their standard deviations):",
);
for (const [name, { d, spreads }] of Object.entries(measures)) {
  console.log(`  ${name}: ${d.toFixed(2)}; ${spreads.toFixed(2)}`);
}

if (values.json) {
  const told = differing.map(({ k, d, spreads }) => ({ direction: k + 1, d, spreads }));
  const result: RealismResult = {
    ...{ cohort, seed: Number(values.seed), real: R.length, synthetic: S.length },
    ...{ auc: rows, told, measures },
  };
  await Deno.writeTextFile(values.json, JSON.stringify(result, null, 1));
}
if (values.pictures) {
  const { ofCrop } = last!,
    byOdds = (kind: readonly HealthyCrop[]) => kind.toSorted((a, b) => ofCrop.get(a)! - ofCrop.get(b)!);
  const s = byOdds(synthetic),
    r = byOdds(real).toReversed(),
    meanOf = (kind: readonly HealthyCrop[]) =>
      Float32Array.from(
        { length: CROP_PX ** 2 },
        (_, i) => kind.reduce((sum, { pixels }) => sum + pixels[i], 0) / kind.length,
      );
  const [ms, mr] = [meanOf(synthetic), meanOf(real)], seen = ({ pixels }: HealthyCrop) => pixels;
  const plainly = ({ plain }: HealthyCrop) => plain, n = 10;
  const rowsOfSheet: ArrayLike<number>[][] = [
    s.slice(0, n).map(seen),
    r.slice(0, n).map(seen),
    s.slice(0, n).map(plainly),
    r.slice(0, n).map(plainly),
    s.slice(-n).map(plainly),
    r.slice(-n).map(plainly),
    [
      ms,
      mr,
      mr.map((v, i) => 0.5 + 2 * (v - ms[i])),
      ...differing.slice(0, 7).map(({ vector, d }) => vector.map((v) => 0.5 + Math.sign(d) * 8 * v)),
    ],
  ];
  await Deno.writeFile(values.pictures, drawCrops(rowsOfSheet, { sizePx: CROP_PX }));
  console.log(`wrote ${values.pictures}`);
}
