import type { Split } from "../../types.ts";
import type { JudgedHead } from "../cohort/film_job.ts";
import type { StudyCohort } from "../cohort/study_cohort.ts";
import { splitSha256 } from "../cohort/split_sha256.ts";
import type { TrainingData } from "./training_record.ts";

/** Another cohort, whose healthy training heads are used in addition. */
export interface AddedHeads {
  readonly name: string;
  readonly heads: readonly JudgedHead[];
}

/** Counts the healthy heads and patients that an autoencoder is trained and validated on, for its training record. */
export function healthyHeads(
  heads: readonly JudgedHead[],
  { cohort: { kind, name }, added = [], failures, notes }: {
    cohort: StudyCohort;
    added?: readonly AddedHeads[];
    failures: number;
    notes: readonly string[];
  },
): TrainingData {
  const of = (split: Split, all = heads) => all.filter((head) => head.grade === 0 && head.split === split);
  const validation = of("validation"),
    more = added.map((each) => ({ ...each, heads: of("train", each.heads) }));
  // Patients of two synthetic cohorts may have the same id.
  const train = [
    ...of("train"),
    ...more.flatMap(({ name, heads }) =>
      heads.map((head) => ({ ...head, patient: `${name} ${head.patient}` }))
    ),
  ];
  const patients = (some: readonly JudgedHead[]) => new Set(some.map(({ patient }) => patient)).size;
  return {
    ...{ kind, name },
    counts: [
      { of: "heads", train: train.length, validation: validation.length },
      { of: "patients", train: patients(train), validation: patients(validation) },
    ],
    failures,
    splitSha256: splitSha256(heads),
    notes: [
      ...more.map(({ name, heads }) =>
        `${heads.length} of the training heads are of ${name}; validation, normative model and reference are without them.`
      ),
      ...notes,
    ],
  };
}
