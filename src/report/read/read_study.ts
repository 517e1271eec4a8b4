import { parse } from "csv-parse/sync";
import type { ComparedPair, Comparison } from "../../stats/compare/comparison.ts";
import type { ShortcutFinding } from "../../study/judge/compare_cohort.ts";
import type { HeadOutline } from "../../study/cohort/film_job.ts";
import { readTable } from "../../files/read_table.ts";
import type { Reliability } from "../../study/reliability/study_reliability.ts";
import { numbersOf, type Table, textsOf } from "../../files/table.ts";
import { IntegrityError } from "../../files/integrity_error.ts";
import { InputError } from "../../input_error.ts";

/** Everything a study says of one head, joined from its tables. Missing numbers are NaN, missing texts "". */
export interface HeadRecord {
  readonly headId: string;
  readonly patient: string;
  readonly film: string;
  readonly side: string;
  readonly grade: number;
  readonly split: string;
  readonly age: number;
  readonly sex: string;
  readonly site: string;
  readonly headRadiusMm: number;
  readonly confidence: number;
  readonly quality: string;
  /** File name of the crop within the study. */
  readonly crop: string;
  readonly dice: number;
  readonly distance: number;
  readonly percentile: number;
  readonly percentileInterval: readonly [number, number];
  readonly residual: number;
  readonly combined: number;
  readonly outOfDomain: boolean;
  readonly predictedGrade: number;
  /** Place on the UMAP page. */
  readonly x: number;
  readonly y: number;
  readonly pcaX: number;
  readonly pcaY: number;
  readonly trustworthiness: number;
  readonly z: Float64Array; // [d]
}

/** How well one measure tells one grade from the held-out healthy heads. */
export interface DetectionRecord {
  readonly grade: number;
  readonly measure: string;
  readonly auc: number;
  readonly interval: readonly [number, number];
  readonly n: number;
}

/** `comparisons.json`: what `caput compare` prints, and what only a study can add. */
export interface ComparisonsRecord extends Comparison {
  readonly detection?: readonly DetectionRecord[];
  /** AUC of the distance minus that of principal components, by grade. */
  readonly distanceMinusPca?: readonly {
    readonly grade: number;
    readonly interval: readonly [number, number] | null;
  }[];
  /** At the distance that leaves 95 % of the healthy validation heads below. */
  readonly threshold?: { readonly sensitivity?: object; readonly specificity?: object } | null;
  /** Why the grades could not be compared; nothing else is then there. */
  readonly notPossible?: string;
  /** Grade 0 without the healthy-looking hips of patients who have a diseased one. */
  readonly withoutDiseasedPatients?: { readonly pairs: readonly ComparedPair[] };
  readonly shortcuts?: readonly ShortcutFinding[];
  /** Held-out heads called unlike the cohort, by grade. */
  readonly outOfDomain?: readonly { readonly grade: number; readonly n: number; readonly flagged: number }[];
  readonly staging?: {
    readonly confusion: readonly (readonly number[])[];
    readonly kappa: number;
    readonly kappaInterval: readonly [number, number];
    readonly perGrade: readonly {
      readonly grade: number;
      readonly sensitivity: number;
      readonly interval: readonly [number, number];
      readonly n: number;
    }[];
  };
}

/** One frame of the progression film. */
export interface FrameRecord {
  readonly t: number;
  readonly grade: number;
  readonly distance: number;
  readonly percentile: number;
  readonly nearestRealDistance: number;
  readonly offManifold: boolean;
  readonly image: string;
}

/** A finished study, read for people: notebooks, figures, report. */
export interface OpenStudy {
  /** The folder. */
  readonly path: string;
  /** `study.json` as it is. */
  // deno-lint-ignore no-explicit-any -- plan, seeds, versions and hashes, by the names the study gave them
  readonly study: any;
  readonly heads: readonly HeadRecord[];
  readonly comparisons: ComparisonsRecord;
  readonly frames: readonly FrameRecord[];
  readonly directions: readonly { index: number; eigenvalue: number; minus: string; plus: string }[];
  /** `reliability.json`, where `caput reliability` was run. */
  readonly reliability?: Reliability | null;
  /** Outlines by head id; none where a study has ready crops only. */
  readonly outlines: Readonly<Record<string, HeadOutline>>;
  /** What could not be used, by code. */
  readonly failures: readonly { readonly code: string; readonly n: number }[];
}

/**
 * Reads a finished study folder.
 *
 * @throws {Error} if the folder holds no finished study, naming the file that is missing.
 * @throws {SyntaxError} if its tables do not join head by head.
 */
export async function readStudy(path: string): Promise<OpenStudy> {
  const study = await readJson(`${path}/study.json`);
  const [heads, latents, deviations, projection] = await Promise.all(
    ["heads", "latents", "deviations", "projection"].map((name) => readTable(`${path}/${name}.parquet`)),
  );
  const order = textsOf(heads, "head_id");
  for (const table of [latents, deviations, projection]) requireSameHeads(order, table, path);
  const progression = await readJson(`${path}/progression.json`, { frames: [] });
  const directions = await readJson(`${path}/directions.json`, { directions: [] });
  return {
    path,
    study,
    heads: joinHeads({ heads, latents, deviations, projection }),
    comparisons: await readJson(`${path}/comparisons.json`),
    reliability: await readJson(`${path}/reliability.json`, null),
    frames: progression.frames,
    directions: directions.directions,
    outlines: (await readJson(`${path}/outlines.json`, { heads: {} })).heads,
    failures: await countFailures(`${path}/failures.csv`),
  };
}

/** Rows of `failures.csv` by their code, the most frequent first. */
async function countFailures(path: string): Promise<OpenStudy["failures"]> {
  let text = "";
  try {
    text = await Deno.readTextFile(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error; // nothing failed
  }
  const counts = new Map<string, number>();
  for (const { code } of parse(text, { columns: true }) as { code: string }[]) {
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return [...counts].map(([code, n]) => ({ code, n })).sort((a, b) =>
    b.n - a.n || (a.code < b.code ? -1 : 1)
  );
}

function joinHeads(
  { heads, latents, deviations, projection }: {
    heads: Table;
    latents: Table;
    deviations: Table;
    projection: Table;
  },
): HeadRecord[] {
  const text = (name: string) => textsOf(heads, name), number = (name: string) => numbersOf(heads, name);
  const [id, patient, film, side, split] = ["head_id", "patient", "film", "side", "split"].map(text);
  const [sex, site, quality, crop] = ["sex", "site", "quality", "crop"].map(text);
  const [grade, age, radius, confidence, dice] = ["grade", "age", "head_radius_mm", "confidence", "dice"].map(
    number,
  );
  const score = (name: string) => numbersOf(deviations, name);
  const [distance, percentile, low, high] = ["distance", "percentile", "percentile_low", "percentile_high"]
    .map(score);
  const [residual, combined, strange, predicted] = [
    "residual",
    "combined",
    "out_of_domain",
    "predicted_grade",
  ].map(score);
  const place = (name: string) => numbersOf(projection, name);
  const [x, y, pcaX, pcaY, trust] = ["umap_x", "umap_y", "pca_x", "pca_y", "trustworthiness"].map(place);
  const dimensions = Object.keys(latents).filter((name) => /^z\d+$/.test(name)).map((name) =>
    numbersOf(latents, name)
  );
  return id.map((headId, i) => ({
    ...{ headId, patient: patient[i], film: film[i], side: side[i], grade: grade[i], split: split[i] },
    ...{ age: age[i], sex: sex[i], site: site[i], headRadiusMm: radius[i], confidence: confidence[i] },
    ...{
      quality: quality[i],
      crop: crop[i],
      dice: dice[i],
      distance: distance[i],
      percentile: percentile[i],
    },
    percentileInterval: [low[i], high[i]],
    ...{
      residual: residual[i],
      combined: combined[i],
      outOfDomain: strange[i] === 1,
      predictedGrade: predicted[i],
    },
    ...{ x: x[i], y: y[i], pcaX: pcaX[i], pcaY: pcaY[i], trustworthiness: trust[i] },
    z: Float64Array.from(dimensions, (column) => column[i]),
  }));
}

function requireSameHeads(order: readonly string[], table: Table, path: string): void {
  const ids = textsOf(table, "head_id");
  const at = order.findIndex((id, i) => ids[i] !== id);
  if (at >= 0 || ids.length !== order.length) {
    throw new InputError(
      `Cannot read the study ${path}: its tables list the same heads in one order, they differ in row ${
        at + 1
      }`,
    );
  }
}

async function readJson<T>(path: string, absent?: T) {
  try {
    return JSON.parse(await Deno.readTextFile(path));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound && absent !== undefined) return absent;
    if (error instanceof Deno.errors.NotFound) {
      throw new InputError(
        `Cannot read the study: ${path} is missing; run \`deno task -q caput run\` first`,
        {
          cause: error,
        },
      );
    }
    if (error instanceof SyntaxError) {
      throw new IntegrityError(`Cannot read the study: ${path} is not valid JSON`, "run caput run again", {
        cause: error,
      });
    }
    throw error;
  }
}
