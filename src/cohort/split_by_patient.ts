import { createHash } from "node:crypto";
import { seededPrng } from "../array/seeded_prng.ts";
import type { CohortRow, Split } from "../types.ts";
import { InputError } from "../input_error.ts";

/** Options of {@linkcode splitByPatient}. */
export interface SplitOptions {
  /** Random seed. The same seed gives the same split, regardless of the order of rows. @default {1} */
  seed?: number;
  /**
   * Shares of the healthy heads, summing to 1.
   *
   * @default 1270, 112 and 113 of 1495, as in the paper that Caput reproduces
   */
  fractions?: { train: number; validation: number; heldOut: number };
  /**
   * Pairs of patients that must be in the same subset, such as two patients with the same image. Not used if the rows
   * have a split.
   *
   * @default {[]}
   */
  together?: readonly (readonly [string, string])[];
}

/** Proof that no patient is in two subsets, and the number of heads in each. */
export interface SplitProof {
  /** Number of patients. */
  readonly patients: number;
  /** Patients in more than one subset: always 0. */
  readonly crossing: 0;
  /** Number of heads in each subset. */
  readonly heads: Readonly<Record<Split, number>>;
  /** Number of healthy heads in each subset. */
  readonly healthyHeads: Readonly<Record<Split, number>>;
  /** sha256 of the sorted `patient,split` lines. */
  readonly sha256: string;
}

/** Shares of healthy heads in the paper that Caput reproduces (see README). */
const paperFractions = { train: 1270 / 1495, validation: 112 / 1495, heldOut: 113 / 1495 };

/**
 * Splits a cohort so that both hips of a patient are in the same subset. Patients with a diseased head, or a head
 * without a grade, are held out with all their heads; their healthy heads count towards the held-out share. Healthy
 * patients are assigned at random so that the shares are close to `fractions`; patients are not divided. A split in
 * every row is kept and checked.
 *
 * @throws {InputError} if a fraction is below 0, the fractions do not sum to 1, or a split in the rows is incomplete or
 * divides a patient.
 */
export function splitByPatient<T extends CohortRow>(
  rows: readonly T[],
  { seed = 1, fractions = paperFractions, together = [] }: SplitOptions = {},
): { rows: (T & { readonly split: Split })[]; proof: SplitProof } {
  const { train, validation, heldOut } = fractions;
  if (!(train >= 0 && validation >= 0 && heldOut >= 0) || Math.abs(train + validation + heldOut - 1) > 1e-9) {
    throw new InputError(
      `Cannot split: fractions must be at least 0 and sum to 1, got ${train}, ${validation}, ${heldOut}`,
    );
  }
  const given = rows.filter(({ split }) => split !== undefined).length;
  if (given > 0 && given < rows.length) {
    throw new InputError(
      `Cannot split: a split must be given in every row or in none, got ${given} of ${rows.length}`,
    );
  }
  const subsets = given > 0
    ? new Map(rows.map(({ patient, split }) => [patient, split!]))
    : draw(rows, { seed, fractions, together });
  const done = rows.map((row) => ({ ...row, split: row.split ?? subsets.get(row.patient)! }));
  return { rows: done, proof: proveSplit(done) };
}

/** Assigns patients to subsets at random. Groups that must stay together count as one patient. */
function draw(
  rows: readonly CohortRow[],
  { seed, fractions, together }: Required<Pick<SplitOptions, "seed" | "fractions" | "together">>,
): Map<string, Split> {
  const groupOf = unite(rows, together);
  const healthy = new Map<string, number>(), diseased = new Set<string>();
  for (const { patient, grade } of rows) {
    const group = groupOf(patient);
    healthy.set(group, (healthy.get(group) ?? 0) + (grade === 0 ? 1 : 0));
    if (grade !== 0) diseased.add(group); // a hip without a grade may be diseased
  }
  const total = [...healthy.values()].reduce((a, b) => a + b, 0);
  const lacking: Record<Split, number> = {
    "held-out": Math.round(fractions.heldOut * total),
    "validation": Math.round(fractions.validation * total),
    "train": Infinity,
  };
  for (const group of diseased) lacking["held-out"] -= healthy.get(group)!;
  // Sort before shuffling, so that the order of rows does not matter.
  const free = [...healthy.keys()].filter((group) => !diseased.has(group)).sort();
  const prng = seededPrng(seed).fork("split by patient");
  for (let i = free.length - 1; i > 0; i--) {
    const j = prng.integer(i + 1);
    [free[i], free[j]] = [free[j], free[i]];
  }
  const subsetOf = new Map<string, Split>();
  for (const group of free) {
    const heads = healthy.get(group)!;
    // A subset takes a patient if it lacks at least half of the patient's heads; this never moves the subset further
    // from its share.
    const subset = (["held-out", "validation"] as const).find((name) => lacking[name] >= heads / 2) ??
      "train";
    lacking[subset] -= heads;
    subsetOf.set(group, subset);
  }
  for (const group of diseased) subsetOf.set(group, "held-out");
  return new Map(rows.map(({ patient }) => [patient, subsetOf.get(groupOf(patient))!]));
}

/** Union-find over patients. Each group is named after its alphabetically first patient. */
function unite(
  rows: readonly CohortRow[],
  together: SplitOptions["together"] = [],
): (patient: string) => string {
  const parent = new Map<string, string>(rows.map(({ patient }) => [patient, patient]));
  const root = (patient: string): string => {
    const up = parent.get(patient) ?? patient;
    return up === patient ? patient : root(up);
  };
  for (const [a, b] of together) {
    const [low, high] = [root(a), root(b)].sort();
    parent.set(high, low);
  }
  return root;
}

/**
 * Checks that no patient is in two subsets.
 *
 * @throws {InputError} if at least one patient is; the message states how many.
 */
export function proveSplit(rows: readonly (CohortRow & { readonly split: Split })[]): SplitProof {
  const subsets = new Map<string, Set<Split>>();
  const heads: Record<Split, number> = { "train": 0, "validation": 0, "held-out": 0 },
    healthyHeads = { ...heads };
  for (const { patient, split, grade } of rows) {
    subsets.set(patient, (subsets.get(patient) ?? new Set()).add(split));
    heads[split]++;
    if (grade === 0) healthyHeads[split]++;
  }
  const crossing = [...subsets.values()].filter((set) => set.size > 1).length;
  if (crossing > 0) {
    throw new InputError(
      `Cannot use the split: ${crossing} patients have heads in more than one subset; each patient must be in one`,
    );
  }
  const lines = [...subsets].map(([patient, [split]]) => `${patient},${split}`).sort();
  const sha256 = createHash("sha256").update(lines.join("\n")).digest("hex");
  return { patients: subsets.size, crossing: 0, heads, healthyHeads, sha256 };
}
