import { describe } from "../../cohort/cohort_error.ts";
import { samePixels } from "../../cohort/same_pixels.ts";
import { sideConflicts } from "../../cohort/side_conflicts.ts";
import { proveSplit, splitByPatient } from "../../cohort/split_by_patient.ts";
import type { Side, Split } from "../../types.ts";
import type { FilmJob, JudgedHead, MeasuredHead } from "./film_job.ts";

/**
 * Number of healthy heads below which the proportions of the paper (see README) would leave too few for validation and
 * reference.
 */
const FEW_HEALTHY = 400;
const SMALL_FRACTIONS = { train: 0.6, validation: 0.2, heldOut: 0.2 };

/** Measured heads with their subsets, and notes for the user. */
export interface AssignedSplit {
  readonly heads: JudgedHead[];
  readonly notes: readonly string[];
}

/** Everything that the split depends on. */
export interface SplitBasis {
  readonly jobs: readonly FilmJob[];
  /** sha256 of the stored pixel values, by film id. */
  readonly pixels: Readonly<Record<string, string>>;
  /** Side in the film's header, by film id; films without an entry are not checked. @default {{}} */
  readonly headerSides?: Readonly<Record<string, Side>>;
  readonly seed: number;
}

/**
 * Assigns a subset (train, validation or held-out) to every head that the cohort lists, found or not: the split of the
 * cohort file, or one drawn by patient. Patients whose films have the same pixels stay together. The same cohort and
 * seed give the same split for every network.
 *
 * @returns the subsets by head id, and notes for the user.
 * @throws {InputError} if the cohort file states a split that is incomplete or divides a patient.
 */
export function drawSplit(
  { jobs, pixels, headerSides = {}, seed }: SplitBasis,
): { subsets: ReadonlyMap<string, Split>; notes: readonly string[] } {
  const rows = jobs.flatMap(({ film, heads }) => heads.map((head) => ({ ...head, radiograph: film })));
  const { problems, together } = samePixels(rows, new Map(Object.entries(pixels)));
  const healthy = rows.filter((row) => row.grade === 0).length;
  const drawn = rows.some((row) => row.split === undefined);
  const small = drawn && healthy < FEW_HEALTHY;
  const split = splitByPatient(rows, { seed, together, ...(small ? { fractions: SMALL_FRACTIONS } : {}) });
  const conflicts = sideConflicts(rows, new Map(Object.entries(headerSides)));
  const notes = [...problems, ...conflicts].map((problem) => `Cohort file, ${describe(problem)}.`);
  if (small) {
    notes.push(
      `${healthy} healthy heads: split 60 / 20 / 20 by patient (the paper that Caput reproduces: 85 / 7.5 / 7.5).`,
    );
  }
  return { subsets: new Map(split.rows.map((row) => [row.headId, row.split])), notes };
}

/**
 * Assigns the subset of {@linkcode drawSplit} to every measured head.
 *
 * @throws {InputError} if the cohort file states a split that is incomplete or divides a patient.
 */
export function assignSplit(measured: readonly MeasuredHead[], basis: SplitBasis): AssignedSplit {
  const { subsets, notes: drawn } = drawSplit(basis), notes = [...drawn, ...sideNotes(measured)];
  const heads = measured.map((head) => ({ ...head, split: subsets.get(head.headId)! }));
  proveSplit(heads.map((head) => ({ ...head, radiograph: head.film })));
  return { heads, notes };
}

/**
 * Notes on rows whose film is displayed from behind (its sides were exchanged) or has contradictory sides. Wrong sides
 * matter because grades are assigned by side.
 */
function sideNotes(measured: readonly MeasuredHead[]): string[] {
  const rowsWith = (code: string) =>
    measured.filter(({ quality }) => quality.includes(code)).map(({ row }) => row).sort((a, b) => a - b);
  const behind = rowsWith("from-behind"), contradictory = rowsWith("side-conflict");
  return [
    ...behind.length > 0
      ? [
        `Displayed from behind according to header or side markers; right and left were exchanged: ${
          named(behind)
        }.`,
      ]
      : [],
    ...contradictory.length > 0
      ? [`Header, side markers and anatomy disagree about the side: ${named(contradictory)}.`]
      : [],
  ];
}

/** Lists rows: the numbers of the first ten, and how many more there are. */
function named(rows: readonly number[]): string {
  const shown = rows.slice(0, 10).join(", "), more = rows.length - 10;
  return `row${rows.length === 1 ? "" : "s"} ${shown}${more > 0 ? ` and ${more} more` : ""}`;
}
