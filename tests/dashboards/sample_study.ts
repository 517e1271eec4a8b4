/**
 * A study folder of random numbers and drawn discs, in the study's own format, for tests and benchmarks of the page.
 * Nothing in it comes from a radiograph or from the phantom.
 */
import { parquetWriteBuffer } from "hyparquet-writer";
import { cholesky } from "../../src/array/cholesky.ts";
import { covariance } from "../../src/array/covariance.ts";
import { type Prng, seededPrng } from "../../src/array/seeded_prng.ts";
import { solveLower } from "../../src/array/solve_lower.ts";
import { encodePng } from "../../src/image/encode_png.ts";

/** Options of {@linkcode sampleStudy}. */
export interface SampleStudyOptions {
  /** @default {240} */
  heads?: number;
  /** Latent size. @default {8} */
  d?: number;
  /** Approximate number of heads with images, spread evenly over all heads. @default {all} */
  pictures?: number;
  /** @default {64} */
  sizePx?: number;
  /** Text that is written into all fields of free text. */
  hostile?: string;
  /** Whether mean and covariance come from the models and all heads are held out. @default {false} */
  given?: boolean;
  /** Whether every head has an outline, which only reports use. @default {true} */
  outlines?: boolean;
  /** Whether there are images of the same hip at every grade. @default {false} */
  teaching?: boolean;
  /** @default {1} */
  seed?: number;
}

/** Shares of grades 0 to 4, as in the paper that Caput reproduces (1,495, 80, 114, 93 and 36 of 1,818 heads). */
const SHARES = [0.8223, 0.044, 0.0627, 0.0512, 0.0198];
/** Mean shift of the first latent coordinate, by grade. */
const SHIFT = [0, 0.35, 1.7, 2.9, 4.2];

interface SampleHead {
  id: string;
  patient: string;
  film: string;
  side: "right" | "left";
  grade: number;
  split: "train" | "validation" | "held-out";
  age: number;
  sex: string;
  site: string;
  z: Float64Array; // [d]
}

/** Writes the folder and returns its heads. */
export async function sampleStudy(folder: string, options: SampleStudyOptions = {}): Promise<SampleHead[]> {
  const { heads: wanted = 240, d = 8, sizePx = 64, hostile, seed = 1 } = options;
  const { pictures = wanted } = options;
  const prng = seededPrng(seed);
  const drawn = sampleHeads(wanted, { d, prng, hostile });
  const healthy = drawn.filter((head) => head.grade === 0 && head.split === "train");
  const heads = options.given ? drawn.map((head) => ({ ...head, split: "held-out" as const })) : drawn;
  const model = covariance(Float64Array.from(healthy.flatMap((head) => [...head.z])), d);
  const factor = cholesky(model.covariance, d);
  const distance = heads.map((head) => mahalanobis(head.z, { mean: model.mean, factor }));
  const reference = heads
    .map((head, i) => ({ head, at: distance[i] }))
    .filter(({ head }) => head.grade === 0 && head.split === "held-out").map(({ at }) => at)
    .sort((a, b) => a - b);
  await Deno.mkdir(folder, { recursive: true });
  await writeTables(folder, { heads, distance, reference, prng: prng.fork("tables"), d, hostile });
  const json = (name: string, value: unknown) =>
    Deno.writeTextFile(`${folder}/${name}`, JSON.stringify(value));
  const name = hostile ?? "sample of random numbers";
  await json("normative.json", {
    estimator: "sample",
    n: healthy.length,
    d,
    mean: [...model.mean],
    covariance: Array.from({ length: d }, (_, i) => [...model.covariance.subarray(i * d, (i + 1) * d)]),
    reference: { kind: "synthetic", n: reference.length, name },
    referenceDistances: reference,
  });
  await json("comparisons.json", sampleComparisons(heads, { distance, hostile }));
  await json("progression.json", {
    frames: Array.from({ length: 9 }, (_, k) => ({
      t: k / 8,
      grade: k / 2,
      distance: 2.6 + k * 0.55,
      percentile: Math.min(100, 40 + k * 8),
      nearestRealDistance: 1.2 + k * 0.2,
      offManifold: k === 5,
      image: `progression/frame_${String(k).padStart(3, "0")}.png`,
    })),
  });
  if (options.teaching) await sampleTeaching(folder);
  await json("directions.json", {
    directions: Array.from({ length: Math.min(4, d) }, (_, k) => ({
      index: k,
      eigenvalue: 2 / (k + 1),
      minus: `directions/${String(k).padStart(2, "0")}_minus.png`,
      plus: `directions/${String(k).padStart(2, "0")}_plus.png`,
    })),
  });
  await Deno.writeTextFile(
    `${folder}/failures.csv`,
    `id,row,code,message,fix\nf00d,7,truncated,${
      quoted(hostile ?? "pixels end early")
    },ask for the film again\n`,
  );
  if (options.outlines ?? true) await json("outlines.json", sampleOutlines(heads));
  await writePictures(folder, {
    heads,
    distance,
    count: Math.min(pictures, wanted),
    sizePx,
    prng: prng.fork("pictures"),
  });
  await json("study.json", {
    caput: hostile ?? "0.1.0",
    plan: {
      name: "sample",
      crop: { sizePx, halfSideRadii: 1.35, intensityQuantiles: [0.005, 0.995] },
      vae: { latentSize: d },
    },
    seeds: { study: seed, [hostile ?? "sample"]: seed },
    device: hostile ?? "cpu",
    reference: { kind: "synthetic", n: reference.length, name },
    ...(options.given ? { fittedOn: { here: false, n: healthy.length, name: "another cohort" } } : {}),
    cohort: {
      kind: options.given ? "cohort" : "synthetic",
      name,
      films: Math.ceil(wanted / 2),
      heads: wanted,
      gradeCounts: SHARES.map((_, g) => heads.filter((head) => head.grade === g).length),
    },
    split: { proof: { patients: Math.ceil(wanted / 2), crossing: 0 }, counts: {} },
    map: {
      ...{ trustworthiness: 0.9, neighborPreservation: 0.15, neighbors: 15 },
      pca: { trustworthiness: 0.6, neighborPreservation: 0.02, neighbors: 15 },
    },
    hashes: { inputs: {}, outputs: {} },
  });
  return heads;
}

/** Writes round outlines in the study's format. */
function sampleOutlines(heads: readonly SampleHead[]) {
  const rays = 24, ray = (bump: number) => (_: unknown, k: number) => Math.round(1000 + bump * Math.sin(k));
  return {
    rays,
    unit: "thousandths of the head's radius",
    heads: Object.fromEntries(
      heads.map((head) => [head.id, {
        found: Array.from({ length: rays }, ray(30)),
        truth: Array.from({ length: rays }, ray(0)),
      }]),
    ),
  };
}

/** How many values of an ascending list are at most `at`. */
function bisectRight(sorted: readonly number[], at: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

function sampleHeads(
  wanted: number,
  { d, prng, hostile }: { d: number; prng: Prng; hostile?: string },
): SampleHead[] {
  const counts = SHARES.map((share) => Math.max(4, Math.round(share * wanted)));
  counts[0] += wanted - counts.reduce((sum, count) => sum + count, 0);
  const grades = counts.flatMap((count, grade) => new Array(count).fill(grade)) as number[];
  const key = prng.fork("keys");
  const id = () => [0, 1, 2].map(() => key.integer(2 ** 32).toString(16).padStart(8, "0")).join("");
  return grades.map((grade, i) => {
    const previous = i % 2 === 1 && grades[i - 1] === grade ? i - 1 : -1;
    const stream = prng.fork(`patient ${i - (i % 2)}`);
    const own = prng.fork(`head ${i}`);
    const shared = Array.from({ length: d }, () => stream.normal());
    const z = Float64Array.from(shared, (s) => 0.6 * s + 0.8 * own.normal());
    z[0] += SHIFT[grade] * (0.8 + 0.4 * own());
    z[1] += 0.5 * SHIFT[grade] * own();
    const patient = hostile
      ? `${hostile}${i - (i % 2)}`
      : `p${stream.fork("id").integer(2 ** 31).toString(16).padStart(8, "0")}`;
    const split = grade > 0 ? "held-out" : i % 20 < 16 ? "train" : i % 20 < 18 ? "validation" : "held-out";
    return {
      id: hostile ? `${hostile}${i}` : id(),
      patient,
      film: hostile ?? `film-${patient}`,
      side: previous >= 0 || i % 2 ? "left" : "right",
      grade,
      split,
      age: 30 + Math.round(40 * stream.fork("age")()),
      sex: hostile ?? (stream.fork("sex")() < 0.5 ? "F" : "M"),
      site: hostile ?? `site ${1 + stream.fork("site").integer(3)}`,
      z,
    };
  });
}

function mahalanobis(
  z: Float64Array,
  { mean, factor }: { mean: Float64Array; factor: Float64Array },
): number {
  const w = solveLower(factor, z.map((v, j) => v - mean[j]));
  return Math.hypot(...w);
}

interface Tables {
  heads: SampleHead[];
  distance: number[];
  reference: number[];
  prng: Prng;
  d: number;
  hostile?: string;
}

async function writeTables(
  folder: string,
  { heads, distance, reference, prng, d, hostile }: Tables,
): Promise<void> {
  const text = (name: string, data: string[]) => ({ name, data, type: "STRING" as const, nullable: false });
  const real = (name: string, data: number[]) => ({ name, data, type: "DOUBLE" as const, nullable: false });
  const whole = (name: string, data: number[]) => ({ name, data, type: "INT32" as const, nullable: false });
  const ids = text("head_id", heads.map((head) => head.id));
  const of = <T>(pick: (head: SampleHead, i: number) => T) => heads.map(pick);
  const write = (name: string, columnData: Parameters<typeof parquetWriteBuffer>[0]["columnData"]) =>
    Deno.writeFile(`${folder}/${name}`, new Uint8Array(parquetWriteBuffer({ columnData })));
  await write("heads.parquet", [
    ids,
    text("patient", of((h) => h.patient)),
    text("film", of((h) => h.film)),
    text("side", of((h) => h.side)),
    whole("grade", of((h) => h.grade)),
    text("split", of((h) => h.split)),
    real("age", of((h) => h.age)),
    text("sex", of((h) => h.sex)),
    text("site", of((h) => h.site)),
    real("center_x_px", of(() => 400 + 20 * prng.normal())),
    real("center_y_px", of(() => 500 + 20 * prng.normal())),
    real("radius_px", of(() => 120 + 5 * prng.normal())),
    real("area_px", of(() => 45000 + 900 * prng.normal())),
    real("confidence", of(() => 0.9 + 0.1 * prng())),
    text("quality", of((_, i) => hostile ?? (i % 37 === 0 ? "border low-contrast" : ""))),
    real("head_radius_mm", of((_, i) => (i % 11 === 0 ? NaN : 23 + prng.normal()))),
    text("crop", of((_, i) => `crops/${fileName(i)}`)),
    real("dice", of(() => 0.97 + 0.02 * prng())),
  ]);
  await write("latents.parquet", [
    ids,
    ...Array.from({ length: d }, (_, j) => real(`z${String(j).padStart(2, "0")}`, of((h) => h.z[j]))),
  ]);
  const percentile = distance.map((at) => (100 * bisectRight(reference, at)) / reference.length);
  await write("deviations.parquet", [
    ids,
    real("distance", distance),
    real("percentile", percentile),
    real("percentile_low", percentile.map((p) => Math.max(0, p - 6))),
    real("percentile_high", percentile.map((p) => Math.min(100, p + 6))),
    real("p_empirical", percentile.map((p) => (101 - p) / 101)),
    real("p_chi_square", distance.map((at) => Math.exp(-0.5 * Math.max(0, at * at - d)))),
    real("residual", distance.map((at) => 1 + 0.1 * at + 0.05 * prng.normal())),
    real("combined", distance.map((at) => at * 1.02)),
    whole("out_of_domain", distance.map((at) => (at > 7 ? 1 : 0))),
    whole("predicted_grade", distance.map((at) => Math.max(0, Math.min(4, Math.round((at - 3) / 0.9))))),
    ...[0, 1, 2, 3, 4].map((g) => real(`share_${g}`, distance.map((at) => share(at, g)))),
    real("mean_logvar", of(() => -2 + 0.2 * prng.normal())),
  ]);
  const along = of((h) => h.z[0] + 0.3 * h.z[1]);
  const across = of((h) => h.z[2] - 0.2 * h.z[1]);
  await write("projection.parquet", [
    ids,
    real("umap_x", of((_, i) => Math.tanh(along[i] / 3) * 6 + 0.35 * prng.normal() + Math.sin(across[i]))),
    real("umap_y", of((_, i) => across[i] * 1.4 + Math.cos(along[i]) + 0.35 * prng.normal())),
    real("pca_x", along),
    real("pca_y", across),
    real("trustworthiness", of(() => 0.9 + 0.1 * prng())),
    real("pca_trustworthiness", of(() => 0.6 + 0.1 * prng.fork("pca")())),
  ]);
}

function share(distance: number, grade: number): number {
  const weights = SHIFT.map((_, g) => Math.exp(-((distance - 3 - 0.9 * g) ** 2)));
  return weights[grade] / weights.reduce((sum, weight) => sum + weight, 0);
}

/** A CSV cell. */
function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

/** File names must be valid on any disk, whatever the head's id. */
function fileName(index: number): string {
  return `h${String(index).padStart(5, "0")}.png`;
}

/** Approximate numbers in the format of `caput compare`, sufficient for drawing. */
function sampleComparisons(
  heads: SampleHead[],
  { distance, hostile }: { distance: number[]; hostile?: string },
) {
  const values = [0, 1, 2, 3, 4].map((g) =>
    distance.filter((_, i) => heads[i].grade === g && heads[i].split === "held-out").sort((a, b) => a - b)
  );
  const pairs = [0, 1, 2, 3].flatMap((a) =>
    [1, 2, 3, 4].filter((b) => b > a).map((b) => {
      const [x, y] = [values[a], values[b]];
      const auc = x.reduce((sum, u) => sum + y.length - bisectRight(y, u), 0) / (x.length * y.length);
      const se = Math.sqrt((x.length + y.length + 1) / (12 * x.length * y.length));
      const p = Math.min(
        1,
        2 * Math.exp(-0.717 * Math.abs((auc - 0.5) / se) - 0.416 * ((auc - 0.5) / se) ** 2),
      );
      const interval = [Math.max(0, auc - 1.96 * se), Math.min(1, auc + 1.96 * se)];
      return {
        a: String(a),
        b: String(b),
        nA: x.length,
        nB: y.length,
        clustersA: Math.ceil(x.length * 0.7),
        clustersB: Math.ceil(y.length * 0.7),
        clusteredP: p,
        clusteredPAdjusted: Math.min(1, p * 6),
        mannWhitneyU: auc * x.length * y.length,
        mannWhitneyP: p * 0.7,
        mannWhitneyPAdjusted: Math.min(1, p * 4.2),
        ksD: Math.abs(auc - 0.5) * 1.4,
        ksP: p,
        cliffsDelta: 2 * auc - 1,
        cliffsDeltaInterval: interval.map((v) => 2 * v - 1),
        hedgesG: (auc - 0.5) * 4,
        auc,
        aucIntervalBootstrap: interval,
        aucIntervalDelong: interval,
        detectableAuc: 0.5 + 2.8 * se,
        equivalence: { bound: 0.1, p: 0.2, smallestBound: Math.abs(auc - 0.5) + 1.64 * se },
      };
    })
  );
  const groups = values.map((v, g) => ({
    group: String(g),
    n: v.length,
    clusters: Math.ceil(v.length * 0.7),
    median: median(v),
    q1: median(v.filter((each) => each <= median(v))),
    q3: median(v.filter((each) => each >= median(v))),
  }));
  return {
    groups,
    pairs,
    omnibus: { kruskalWallisH: 120.5, p: 1e-24, dunn: [] },
    trend: { jonckheereZ: 11.2, p: 1e-28 },
    shortcuts: [
      {
        attribute: hostile ?? "side",
        level: hostile ?? "right",
        kind: "auc",
        estimate: 0.52,
        interval: [0.41, 0.63],
        n: 30,
        tells: false,
      },
      {
        attribute: "headRadiusMm",
        level: null,
        kind: "spearman",
        estimate: 0.31,
        interval: [0.1, 0.5],
        n: 30,
        tells: true,
      },
    ],
    detection: [1, 2, 3, 4].flatMap((grade) =>
      ["distance", "residual", "combined", "pca"].map((measure, k) => {
        const auc = pairs.find((pair) => pair.a === "0" && pair.b === String(grade))!.auc - 0.02 * k;
        return {
          grade,
          measure,
          auc,
          interval: [auc - 0.05, Math.min(1, auc + 0.05)],
          n: values[grade].length,
        };
      })
    ),
    withoutDiseasedPatients: { pairs },
    staging: {
      confusion: [0, 1, 2, 3, 4].map((g) =>
        [0, 1, 2, 3, 4].map((k) => Math.max(0, 12 - 5 * Math.abs(g - k)))
      ),
      kappa: 0.61,
      kappaInterval: [0.55, 0.67],
      perGrade: [0, 1, 2, 3, 4].map((grade) => ({
        grade,
        sensitivity: 0.5,
        interval: [0.4, 0.6],
        n: values[grade].length,
      })),
    },
    naming: { value: "distance", group: "grade", cluster: "patient" },
  };
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}

interface Pictures {
  heads: SampleHead[];
  distance: number[];
  count: number;
  sizePx: number;
  prng: Prng;
}

async function writePictures(
  folder: string,
  { heads, distance, count, sizePx, prng }: Pictures,
): Promise<void> {
  for (
    const name of ["crops", "reconstructions", "residuals", "counterfactuals", "progression", "directions"]
  ) {
    await Deno.mkdir(`${folder}/${name}`, { recursive: true });
  }
  const write = (path: string, samples: Uint8Array) =>
    Deno.writeFile(
      `${folder}/${path}`,
      encodePng({ widthPx: sizePx, heightPx: sizePx, samples }, { level: 1 }),
    );
  const every = Math.max(1, Math.floor(heads.length / Math.max(1, count)));
  for (let i = 0; i < heads.length && count > 0; i += every) {
    const squash = SHIFT[heads[i].grade] * 0.06;
    await write(`crops/${fileName(i)}`, disc(sizePx, { squash, noise: 14, prng }));
    await write(`reconstructions/${fileName(i)}`, disc(sizePx, { squash: squash * 0.6, noise: 0, prng }));
    await write(`residuals/${fileName(i)}`, disc(sizePx, { squash: 0, noise: 20, prng, flat: true }));
    if (distance[i] > 4.5) {
      await write(`counterfactuals/${fileName(i)}`, disc(sizePx, { squash: 0, noise: 0, prng }));
    }
  }
  for (let k = 0; k < 9; k++) {
    await write(
      `progression/frame_${String(k).padStart(3, "0")}.png`,
      disc(sizePx, { squash: k * 0.03, noise: 0, prng }),
    );
  }
  for (let k = 0; k < 4; k++) {
    await write(
      `directions/${String(k).padStart(2, "0")}_minus.png`,
      disc(sizePx, { squash: -0.05 * (k + 1), noise: 0, prng }),
    );
    await write(
      `directions/${String(k).padStart(2, "0")}_plus.png`,
      disc(sizePx, { squash: 0.05 * (k + 1), noise: 0, prng }),
    );
  }
}

/** A bright disc, flattened at the top, on a dark background; or noise around mid-grey. */
function disc(
  sizePx: number,
  { squash, noise, prng, flat = false }: { squash: number; noise: number; prng: Prng; flat?: boolean },
): Uint8Array {
  const samples = new Uint8Array(sizePx * sizePx); // [sizePx, sizePx]
  for (let y = 0; y < sizePx; y++) {
    for (let x = 0; x < sizePx; x++) {
      const u = (2 * x) / sizePx - 1;
      const v = (2 * y) / sizePx - 1;
      const inside = Math.hypot(u, v < 0 ? v * (1 + 2 * squash) : v) < 0.66 ? 1 : 0;
      const grey = flat ? 127.5 : 50 + 110 * inside + 30 * inside * Math.cos(9 * u + 4 * v);
      samples[y * sizePx + x] = Math.max(0, Math.min(255, grey + (noise ? noise * prng.normal() : 0)));
    }
  }
  return samples;
}

/** Five grey images of increasing brightness, in place of images of the same hip. */
async function sampleTeaching(folder: string): Promise<void> {
  await Deno.mkdir(`${folder}/teaching`, { recursive: true });
  const uniform = (grey: number) =>
    encodePng({ widthPx: 32, heightPx: 32, samples: new Uint8Array(1024).fill(grey) });
  const frames = await Promise.all([0, 1, 2, 3, 4].map(async (stage) => {
    const [image, difference] = ["hip", "difference"].map((name) => `teaching/${name}_0${stage}.png`);
    await Deno.writeFile(`${folder}/${image}`, uniform(90 + 20 * stage));
    await Deno.writeFile(`${folder}/${difference}`, uniform(128 + 20 * stage));
    return {
      ...{ stage, distance: 2 + stage, residual: 1 + stage, percentile: Math.min(100, 40 + 20 * stage) },
      ...{ percentileInterval: [30, 99], outOfDomain: false, image, difference },
    };
  }));
  await Deno.writeTextFile(
    `${folder}/teaching/teaching.json`,
    JSON.stringify({
      kind: "same-hip",
      synthetic: true,
      seed: 1,
      candidates: 6,
      side: "right",
      frames,
      missed: [],
    }),
  );
}
