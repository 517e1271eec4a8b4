import { requireStudyFolder } from "../../study/folder/require_study_folder.ts";
import { parse } from "csv-parse/sync";
import type { ComparedPair, Comparison } from "../../stats/compare/comparison.ts";
import type { ShortcutFinding } from "../../study/judge/compare_cohort.ts";
import type { HeadOutline } from "../../study/cohort/film_job.ts";
import { readTable } from "../../files/read_table.ts";
import type { Reliability } from "../../study/reliability/study_reliability.ts";
import { numbersOf, type Table, textsOf } from "../../files/table.ts";
import { IntegrityError } from "../../files/integrity_error.ts";
import { InputError } from "../../input_error.ts";

/** All data of one head, joined from the study's tables. Missing numbers are NaN, missing texts "". */
export interface HeadRecord {
  /** Keyed id of the head; joins all tables. */
  readonly headId: string;
  /** Keyed id of the patient. */
  readonly patient: string;
  /** Keyed id of the film. */
  readonly film: string;
  /** The patient's side. */
  readonly side: string;
  /** The grade, 0 to 4; -1 if the head has none. */
  readonly grade: number;
  /** Subset: `train`, `validation` or `held-out`. */
  readonly split: string;
  /** Age in years. */
  readonly age: number;
  /** Sex, as the cohort file has it. */
  readonly sex: string;
  /** Site, as the cohort file has it. */
  readonly site: string;
  /** Radius of the head in mm, or NaN if the film has no pixel spacing. */
  readonly headRadiusMm: number;
  /** Mean foreground probability inside the outline, 0 to 1. */
  readonly confidence: number;
  /** Quality codes, separated by spaces. */
  readonly quality: string;
  /** Path of the crop within the study folder. */
  readonly crop: string;
  /** Dice coefficient with the reference outline, 0 to 1; NaN if there is none. */
  readonly dice: number;
  /** Mahalanobis distance from healthy. */
  readonly distance: number;
  /** Rank among the healthy heads of the reference, 0 to 100. */
  readonly percentile: number;
  /** 95 % interval of the percentile. */
  readonly percentileInterval: readonly [number, number];
  /**
   * Residual score: mean absolute z-score of the 5 % of pixels within the head's circle that are reconstructed worst.
   */
  readonly residual: number;
  /** Combined score: mean of the robust z-scores of distance and residual. */
  readonly combined: number;
  /** True if the head is out of domain: at least one of eight measures exceeds its limit. */
  readonly outOfDomain: boolean;
  /** Grade predicted by the staging model; -1 if there is none. */
  readonly predictedGrade: number;
  /** First UMAP coordinate. */
  readonly x: number;
  /** Second UMAP coordinate. */
  readonly y: number;
  /** First principal component. */
  readonly pcaX: number;
  /** Second principal component. */
  readonly pcaY: number;
  /** Trustworthiness of the map at this head, 0 to 1. */
  readonly trustworthiness: number;
  /** Posterior mean of the latent vector. */
  readonly z: Float64Array; // [d]
}

/** How well one measure separates one grade from the held-out healthy heads. */
export interface DetectionRecord {
  /** The grade that is compared with healthy, 1 to 4. */
  readonly grade: number;
  /** `distance`, `residual`, `combined` or `pca`. */
  readonly measure: string;
  /** Area under the ROC curve, 0 to 1. */
  readonly auc: number;
  /** 95 % interval of the AUC, clustered by patient. */
  readonly interval: readonly [number, number];
  /** Number of heads of the grade. */
  readonly n: number;
}

/** Contents of `comparisons.json`: the comparison as `caput compare` prints it, and the parts that only a study has. */
export interface ComparisonsRecord extends Comparison {
  /** How well each score separates grades from healthy. */
  readonly detection?: readonly DetectionRecord[];
  /** AUC of the distance minus that of principal components, by grade. */
  readonly distanceMinusPca?: readonly {
    readonly grade: number;
    readonly interval: readonly [number, number] | null;
  }[];
  /** Performance at the distance below which 95 % of the healthy validation heads are. */
  readonly threshold?: { readonly sensitivity?: object; readonly specificity?: object } | null;
  /** Reason if the grades could not be compared; the other parts are then absent. */
  readonly notPossible?: string;
  /** Pairs of grades with grade 0 restricted to patients without a diseased hip, or why they could not be compared. */
  readonly withoutDiseasedPatients?: { readonly pairs: readonly ComparedPair[] } | {
    readonly notPossible: string;
  };
  /** Findings of the shortcut audit. */
  readonly shortcuts?: readonly ShortcutFinding[];
  /** Number of held-out heads that are flagged as out of domain, by grade. */
  readonly outOfDomain?: readonly { readonly grade: number; readonly n: number; readonly flagged: number }[];
  /** Cross-validated results of the staging model. */
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

/** Pairs of grades with grade 0 restricted to patients without a diseased hip; none if they were not compared. */
export function pairsWithoutDiseased(
  { withoutDiseasedPatients: without }: ComparisonsRecord,
): readonly ComparedPair[] {
  return without && "pairs" in without ? without.pairs : [];
}

/** One frame of the progression, the path through the median latent vectors of the grades. */
export interface FrameRecord {
  /** Position along the path, 0 to 1. */
  readonly t: number;
  /** Position between the grades, 0 to 4: 1.5 is half way from grade 1 to grade 2. */
  readonly grade: number;
  /** Mahalanobis distance from healthy. */
  readonly distance: number;
  /** Rank among the healthy heads of the reference, 0 to 100. */
  readonly percentile: number;
  /** Mahalanobis distance to the nearest head of the cohort. */
  readonly nearestRealDistance: number;
  /** True if no head of the cohort is near: the frame is an extrapolation. */
  readonly offManifold: boolean;
  /** Path of the image within the study folder. */
  readonly image: string;
}

/** A finished study, read for notebooks, figures and reports. */
export interface OpenStudy {
  /** Path of the study folder. */
  readonly path: string;
  /** Contents of `study.json`. */
  // deno-lint-ignore no-explicit-any -- plan, seeds, versions and hashes; the names vary with the study
  readonly study: any;
  /** All heads, in the order of the tables. */
  readonly heads: readonly HeadRecord[];
  /** Contents of `comparisons.json`. */
  readonly comparisons: ComparisonsRecord;
  /** Frames of the progression; empty if the study has none. */
  readonly frames: readonly FrameRecord[];
  /**
   * Eigenvectors of the healthy covariance: index, eigenvalue, and the images decoded at both ends of the eigenvector
   * (`minus` and `plus`, paths within the study folder).
   */
  readonly directions: readonly { index: number; eigenvalue: number; minus: string; plus: string }[];
  /** Contents of `reliability.json`; null if `caput reliability` was not run. */
  readonly reliability?: Reliability | null;
  /** Outlines by head id; none for ready-made crops. */
  readonly outlines: Readonly<Record<string, HeadOutline>>;
  /** Number of heads that could not be used, by error code, the most frequent first. */
  readonly failures: readonly { readonly code: string; readonly n: number }[];
}

/**
 * Reads a finished study folder.
 *
 * @throws {InputError} if the folder, `study.json` or `comparisons.json` is missing, a table cannot be read, or the tables do not list the same
 * heads in the same order.
 * @throws {Deno.errors.NotFound} if a table is missing; the message names the table.
 * @throws {IntegrityError} if a JSON file is not valid JSON.
 */
export async function readStudy(path: string): Promise<OpenStudy> {
  requireStudyFolder(path, `Cannot read the study ${path}`);
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
    if (!(error instanceof Deno.errors.NotFound)) throw error; // no failures
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
  const [residual, combined, outOfDomain, predicted] = [
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
      outOfDomain: outOfDomain[i] === 1,
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
      `Cannot read the study ${path}: its tables must list the same heads in the same order, they differ in row ${
        (at < 0 ? order.length : at) + 1
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
