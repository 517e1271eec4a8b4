import { readFinishedRecord } from "./read_finished_record.ts";
import { leaveOneOut } from "../../normative/leave_one_out.ts";
import { mahalanobis } from "../../normative/mahalanobis.ts";
import { fromJson } from "../../normative/normative_json.ts";
import { percentileOf } from "../../normative/percentile_of.ts";
import { comparePairs } from "../../stats/compare/compare_pairs.ts";
import { readTable } from "../../files/read_table.ts";
import { hashOutputs, type StudyRecord } from "./study_record.ts";
import { numbersOf, type Table, textsOf } from "../../files/table.ts";

/** One difference between the record of a study and its folder. */
export interface Difference {
  /** The file, number or check that differs. */
  readonly what: string;
  /** Value in the record. */
  readonly expected: string;
  /** Value found in the folder, or recomputed from its tables. */
  readonly got: string;
}

/** Outcome of {@linkcode verifyStudy}. */
export interface Verification {
  /** True if there are no differences. */
  readonly ok: boolean;
  /** Number of outputs in the record; all of them were checked. */
  readonly files: number;
  /** What differs from the record. */
  readonly differences: readonly Difference[];
}

/**
 * Maximum difference of a recomputed number from the recorded x, in units of 1 + |x|, because another version of V8 may
 * round differently.
 */
const TOLERANCE = 1e-9;
/** Maximum number of differences that are listed for the distances, and for the percentiles. */
const MOST = 20;

/** Compares every output with its hash; reports missing and unrecorded files. */
async function compareFiles(
  folder: string,
  outputs: Readonly<Record<string, string>>,
  onFile?: (done: number, total: number) => void,
): Promise<Difference[]> {
  const now = await hashOutputs(folder, onFile);
  const names = [...new Set([...Object.keys(outputs), ...Object.keys(now)])].sort();
  return names.flatMap((what) => {
    const expected = outputs[what] ?? "no such file", got = now[what] ?? "missing";
    return expected === got ? [] : [{ what, expected, got }];
  });
}

function compareNumbers(
  what: (i: number) => string,
  expected: ArrayLike<number>,
  got: ArrayLike<number>,
): Difference[] {
  const differences: Difference[] = [];
  for (let i = 0; i < expected.length && differences.length < MOST; i++) {
    const near = Math.abs(expected[i] - got[i]) <= TOLERANCE * (1 + Math.abs(expected[i]));
    if (!near) differences.push({ what: what(i), expected: String(expected[i]), got: String(got[i]) });
  }
  return differences;
}

interface StudyTables {
  readonly heads: Table;
  readonly latents: Table;
  readonly deviations: Table;
}

/** Recomputes distances and percentiles from the latent vectors. */
async function recomputeDistances(
  folder: string,
  { heads, latents, deviations }: StudyTables,
  { fittedOn, seeds }: StudyRecord,
): Promise<Difference[]> {
  const normative = fromJson(JSON.parse(await Deno.readTextFile(`${folder}/normative.json`)));
  const columns = Object.keys(latents).filter((name) => /^z\d+$/.test(name)).sort();
  const d = columns.length, ids = textsOf(heads, "head_id");
  const rows = new Float64Array(ids.length * d); // [n, d]
  columns.forEach((name, j) => numbersOf(latents, name).forEach((value, i) => rows[i * d + j] = value));
  const distances = mahalanobis(rows, normative);
  const grades = numbersOf(heads, "grade");
  const train = textsOf(heads, "split").flatMap((split, i) =>
    split === "train" && grades[i] === 0 ? [i] : []
  );
  if (fittedOn.here) { // the distances of training heads are leave-one-out
    const inside = new Float64Array(train.length * d);
    train.forEach((i, k) => inside.set(rows.subarray(i * d, (i + 1) * d), k * d));
    leaveOneOut(inside, { d, estimator: normative.estimator, seed: seeds.study }).forEach((value, k) =>
      distances[train[k]] = value
    );
  }
  const percentiles = distances.map((distance) =>
    percentileOf(distance, normative.referenceDistances).percentile
  );
  return [
    ...compareNumbers((i) => `distance of ${ids[i]}`, numbersOf(deviations, "distance"), distances),
    ...compareNumbers((i) => `percentile of ${ids[i]}`, numbersOf(deviations, "percentile"), percentiles),
  ];
}

/** Recomputes the comparison of all pairs of grades from the distances. */
async function recomputeComparisons(
  folder: string,
  { heads, deviations }: StudyTables,
  { seeds }: StudyRecord,
): Promise<Difference[]> {
  const written = JSON.parse(await Deno.readTextFile(`${folder}/comparisons.json`));
  if ("notPossible" in written) return [];
  const graded = numbersOf(heads, "grade");
  const inside = textsOf(heads, "split").flatMap((split, i) =>
    split === "held-out" && graded[i] >= 0 ? [i] : []
  );
  const pick = <T>(values: ArrayLike<T>) => inside.map((i) => values[i]);
  const table = {
    head_id: pick(textsOf(heads, "head_id")),
    patient: pick(textsOf(heads, "patient")),
    grade: pick(textsOf(heads, "grade")),
    distance: pick(numbersOf(deviations, "distance")),
  };
  const { pairs } = comparePairs(table, {
    value: "distance",
    group: "grade",
    cluster: "patient",
    seed: seeds.study,
  });
  if (pairs.length !== written.pairs.length) {
    return [{ what: "pairs of grades", expected: String(written.pairs.length), got: String(pairs.length) }];
  }
  const keys = ["clusteredP", "clusteredPAdjusted", "mannWhitneyP", "cliffsDelta", "auc"] as const;
  return pairs.flatMap((pair, i) =>
    compareNumbers(
      (k) => `${keys[k]} of ${pair.a} - ${pair.b}`,
      keys.map((key) => written.pairs[i][key]),
      keys.map((key) => pair[key]),
    )
  );
}

/** Counts the patients again, and those with heads in more than one subset of the split. */
function recountSplit({ heads }: StudyTables, { split }: StudyRecord): Difference[] {
  const subsetOf = new Map<string, string>(), subsets = textsOf(heads, "split");
  const crossing = new Set<string>();
  textsOf(heads, "patient").forEach((patient, i) => {
    if ((subsetOf.get(patient) ?? subsets[i]) !== subsets[i]) crossing.add(patient);
    subsetOf.set(patient, subsets[i]);
  });
  const expected = `${split.proof.patients} patients, ${split.proof.crossing} crossing`;
  const got = `${subsetOf.size} patients, ${crossing.size} crossing`;
  return expected === got ? [] : [{ what: "split", expected, got }];
}

/**
 * Verifies a finished study: hashes every output again, counts the patients of the split again, and recomputes
 * distances, percentiles and the comparison of grades from the underlying tables. Nothing is written.
 *
 * @param options.onFile called after each file with the number of files hashed so far, and the total; numbers are
 * recomputed after the last file
 * @throws {InputError} if the folder contains no finished study.
 */
export async function verifyStudy(
  folder: string,
  { onFile }: { onFile?: (done: number, total: number) => void } = {},
): Promise<Verification> {
  const record = await readFinishedRecord(folder, `Cannot verify ${folder}`);
  const differences = await compareFiles(folder, record.hashes.outputs, onFile);
  const files = Object.keys(record.hashes.outputs).length;
  try {
    const [heads, latents, deviations] = await Promise.all(
      ["heads", "latents", "deviations"].map((name) => readTable(`${folder}/${name}.parquet`)),
    );
    const tables = { heads, latents, deviations };
    differences.push(
      ...recountSplit(tables, record),
      ...await recomputeDistances(folder, tables, record),
      ...await recomputeComparisons(folder, tables, record),
    );
  } catch (error) {
    const got = error instanceof Error ? error.message : String(error);
    differences.push({ what: "recomputation", expected: "readable tables", got });
  }
  return { ok: differences.length === 0, files, differences };
}
