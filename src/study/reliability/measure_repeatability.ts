import { seededPrng } from "../../array/seeded_prng.ts";
import { repeatability } from "../../normative/repeatability.ts";
import { patientOf } from "../../phantom/patient/paper_cohort.ts";
import type { PhantomCohort } from "../../phantom/patient/paper_cohort.ts";
import type { Patient } from "../../phantom/patient/patient.ts";
import { type Retake, retakeFilm, RETAKES } from "../../phantom/patient/retake_film.ts";
import { parseRadiograph } from "../../radiograph/parse_radiograph.ts";
import type { Models } from "../models/model_set.ts";
import { filmOf } from "../cohort/phantom_film.ts";
import { scoreFilm } from "../score/score_film.ts";

/** Repeatability of one measure between two films of the same hips that differ in `change`. */
export interface MeasureRepeatability {
  /** What differs between the films. */
  readonly change: Retake;
  /** Measure whose repeatability is given. */
  readonly measure: "distance" | "residual" | "combined";
  /** Heads found on both films. */
  readonly heads: number;
  /** ICC(2,1), absolute agreement of single measurements. */
  readonly icc: number;
  /** 95 % interval of the ICC. */
  readonly interval: readonly [number, number];
  /** Standard error of one measurement, in the measure's unit. */
  readonly standardError: number;
  /** Smallest detectable change of one head (95 % level), in the measure's unit; see `repeatability`. */
  readonly smallestDetectableChange: number;
}

/** Result of {@linkcode measureRepeatability}. */
export interface RepeatabilityRecord {
  /** Number of patients whose films were rendered again. */
  readonly patients: number;
  /** Random seed. */
  readonly seed: number;
  /** One result for each change and measure. */
  readonly measures: readonly MeasureRepeatability[];
  /** Number of heads of the first film that were not found on the second, by change. */
  readonly missed: Readonly<Record<Retake, number>>;
}

/** Options of {@linkcode measureRepeatability}. */
export interface RepeatabilityOptions {
  models: Models;
  /** Number of held-out patients whose films are rendered again. @default {40} */
  patients?: number;
  /** Random seed of the changes. @default {1} */
  seed?: number;
  signal?: AbortSignal;
  onFilm?: (done: number, total: number) => void;
}

const MEASURES = ["distance", "residual", "combined"] as const;
type Scores = Record<typeof MEASURES[number], number>;

/**
 * Renders held-out patients of a synthetic cohort again with another exposure, pose or bit depth, or all three, scores
 * all films by the whole pipeline (outline, crop, latent vector), and computes the repeatability of each measure. The
 * hips of a patient are the same on all films.
 *
 * @throws {InputError} if, for one of the changes, fewer than two heads are found both on the first film and on the
 * changed one, or their scores do not vary.
 */
export async function measureRepeatability(
  cohort: PhantomCohort,
  { models, patients = 40, seed = 1, signal, onFilm }: RepeatabilityOptions,
): Promise<RepeatabilityRecord> {
  const heldOut = cohort.patients.filter(({ split }) => split === "held-out");
  const step = Math.max(1, heldOut.length / patients);
  const chosen = heldOut.filter((_, i) => Math.floor(i / step) !== Math.floor((i - 1) / step)).slice(
    0,
    patients,
  );
  const total = chosen.length * (1 + RETAKES.length);
  const pairs = new Map<Retake, [Scores, Scores][]>(RETAKES.map((change) => [change, []]));
  const missed = { exposure: 0, pose: 0, "bit depth": 0, all: 0 };
  let done = 0;
  const score = async (patient: Patient) => {
    signal?.throwIfAborted();
    const { heads } = await scoreFilm(await parseRadiograph(filmOf(patient).png), models);
    onFilm?.(++done, total);
    return new Map(heads.map((head) => [head.side, head]));
  };
  for (const plan of chosen) {
    const patient = patientOf(plan), first = await score(patient);
    const prng = seededPrng(seed).fork(`retakes of ${plan.name}`);
    for (const change of RETAKES) {
      const second = await score(retakeFilm(patient, { change, prng }));
      for (const [side, head] of first) {
        const again = second.get(side);
        if (again) pairs.get(change)!.push([head, again]);
        else missed[change]++;
      }
    }
  }
  const measures = RETAKES.flatMap((change) =>
    MEASURES.map((measure): MeasureRepeatability => {
      const both = pairs.get(change)!.flatMap((pair) => pair.map((each) => each[measure]));
      const rows = Float64Array.from(both); // [heads, 2]
      const found = repeatability(rows, 2);
      const { agreement: icc, agreementInterval: interval, standardError, smallestDetectableChange } = found;
      return {
        change,
        measure,
        heads: found.subjects,
        icc,
        interval,
        standardError,
        smallestDetectableChange,
      };
    })
  );
  return { patients: chosen.length, seed, measures, missed };
}
