import { type Prng, seededPrng } from "../../array/seeded_prng.ts";
import type { Grade, Split } from "../../types.ts";
import type { Patient } from "./patient.ts";
import { type PatientOptions, samplePatient } from "./sample_patient.ts";

/** The plan of one patient, small and serialisable; `patientOf` draws everything else. */
export interface PatientPlan {
  /** File name without extension. */
  readonly name: string;
  /** Random seed. */
  readonly seed: number;
  /** The patient's subset: training, validation or held-out. */
  readonly split: Split;
  /** Options of the sampler. */
  readonly options: PatientOptions & { readonly id: string; readonly grades: readonly [Grade, Grade] };
}

/** A cohort before any film is rendered. */
export interface PhantomCohort {
  /** Name of the cohort. */
  readonly name: "paper" | "hard" | "small";
  /** Random seed. */
  readonly seed: number;
  /** Plans of the patients. */
  readonly patients: readonly PatientPlan[];
}

/** Number of heads of each diseased grade in the cohort of the paper that Caput implements (see README). */
const DISEASED: readonly (readonly [Grade, number])[] = [[1, 80], [2, 114], [3, 93], [4, 36]];
/**
 * Patients with one diseased hip; 125 have two. So 63 % of diseased patients have bilateral disease, as in PMC6825048
 * (195 of 310), and 73 of the 1495 healthy heads have a diseased contralateral hip.
 */
const ONE_SIDED = 73;
/**
 * Patients with two healthy hips in each subset. They have 2 x 635 = 1270, 2 x 56 = 112 and 2 x 20 = 40 heads. All
 * diseased patients are held out, so 40 + 73 = 113 healthy heads are held out.
 */
const HEALTHY: readonly (readonly [Split, number])[] = [["train", 635], ["validation", 56], ["held-out", 20]];

/** The patient of a plan. */
export function patientOf(plan: PatientPlan): Patient {
  return samplePatient(seededPrng(plan.seed), plan.options);
}

/** 909 patients with 1818 heads, with the grades and split of the paper's cohort. */
export function paperCohort(seed: number): PhantomCohort {
  const prng = seededPrng(seed).fork("paper cohort");
  const pairs: { grades: [Grade, Grade]; split: Split }[] = diseasedPairs(prng).map((grades) => ({
    grades,
    split: "held-out",
  }));
  for (const [split, count] of HEALTHY) for (let i = 0; i < count; i++) pairs.push({ grades: [0, 0], split });
  shuffle(pairs, prng);
  return {
    name: "paper",
    seed,
    patients: pairs.map((pair, i) => plan(prng, { ...pair, index: i, setting: "paper", prefix: "p" })),
  };
}

/** `n` films with all difficulties increased; some show no natural head at all. */
export function hardCohort(seed: number, n = 300): PhantomCohort {
  const prng = seededPrng(seed).fork("hard cohort");
  const grade = (): Grade => prng() < 0.7 ? 0 : (1 + prng.integer(4)) as Grade;
  const subject = () => {
    const chance = prng();
    return chance < 0.04 ? "replaced" : chance < 0.06 ? "above" : chance < 0.09 ? "other" : "hips";
  };
  const patients = Array.from(
    { length: n },
    (_, index) =>
      plan(prng, {
        grades: [grade(), grade()],
        split: "held-out",
        index,
        setting: "hard",
        prefix: "h",
        subject: subject(),
      }),
  );
  return { name: "hard", seed, patients };
}

/** 60 films for quick trials, with every grade, and healthy patients in every subset. */
export function smallCohort(seed: number): PhantomCohort {
  const prng = seededPrng(seed).fork("small cohort");
  const pairs: { grades: [Grade, Grade]; split: Split }[] = [];
  for (let i = 0; i < 40; i++) {
    pairs.push({ grades: [0, 0], split: i < 28 ? "train" : i < 34 ? "validation" : "held-out" });
  }
  for (
    const [a, b] of [[1, 0], [1, 1], [1, 2], [2, 0], [2, 1], [2, 2], [3, 0], [3, 2], [3, 3], [4, 0], [4, 3], [
      4,
      4,
    ]]
  ) {
    pairs.push({
      grades: prng() < 0.5 ? [a as Grade, b as Grade] : [b as Grade, a as Grade],
      split: "held-out",
    });
  }
  for (let i = 0; i < 8; i++) {
    pairs.push({
      grades: prng() < 0.5 ? [(1 + i % 4) as Grade, 0] : [0, (1 + i % 4) as Grade],
      split: "held-out",
    });
  }
  shuffle(pairs, prng);
  return {
    name: "small",
    seed,
    patients: pairs.map((pair, i) => plan(prng, { ...pair, index: i, setting: "paper", prefix: "s" })),
  };
}

function plan(prng: Prng, { grades, split, index, setting, prefix, subject = "hips" }: {
  grades: [Grade, Grade];
  split: Split;
  index: number;
  setting: "paper" | "hard";
  prefix: string;
  subject?: PatientOptions["subject"];
}): PatientPlan {
  const id = `${prefix}${String(index + 1).padStart(4, "0")}`;
  const sex = prng() < 0.55 ? "M" as const : "F" as const;
  const age = Math.round(Math.max(20, Math.min(88, 50 + 13 * prng.normal())));
  const site = "ABC"[prng.integer(3)];
  return {
    name: id,
    seed: prng.integer(2 ** 31),
    split,
    options: {
      id,
      sex,
      age,
      site,
      grades,
      setting,
      subject,
      bones: split === "held-out" ? "held-out" : "training",
    },
  };
}

/**
 * Grades of the diseased patients' hips: some patients have one diseased hip, on a random side; the others have two
 * hips of similar grade, in random order.
 */
function diseasedPairs(prng: Prng): [Grade, Grade][] {
  const heads = DISEASED.flatMap(([grade, count]) => Array.from({ length: count }, () => grade));
  shuffle(heads, prng);
  const pairs: [Grade, Grade][] = heads.slice(0, ONE_SIDED).map((g) => prng() < 0.5 ? [g, 0] : [0, g]);
  const rest = heads.slice(ONE_SIDED).map((grade) => ({ grade, rank: grade + 0.9 * prng.normal() })).sort((
    a,
    b,
  ) => a.rank - b.rank);
  for (let i = 0; i < rest.length; i += 2) {
    const [a, b] = prng() < 0.5 ? [rest[i], rest[i + 1]] : [rest[i + 1], rest[i]];
    pairs.push([a.grade, b.grade]);
  }
  return pairs;
}

function shuffle<T>(items: T[], prng: Prng): void {
  for (let i = items.length - 1; i > 0; i--) {
    const j = prng.integer(i + 1);
    [items[i], items[j]] = [items[j], items[i]];
  }
}
