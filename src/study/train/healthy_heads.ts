import type { Split } from "../../types.ts";
import type { JudgedHead } from "../cohort/film_job.ts";
import type { StudyCohort } from "../cohort/study_cohort.ts";
import { splitSha256 } from "../cohort/split_sha256.ts";
import type { TrainingData } from "./training_record.ts";

/** Counts the healthy heads and patients that an autoencoder is trained and validated on, for its training record. */
export function healthyHeads(
  heads: readonly JudgedHead[],
  { cohort: { kind, name }, failures, notes }: {
    cohort: StudyCohort;
    failures: number;
    notes: readonly string[];
  },
): TrainingData {
  const of = (split: Split) => heads.filter((head) => head.grade === 0 && head.split === split);
  const train = of("train"), validation = of("validation");
  const patients = (some: readonly JudgedHead[]) => new Set(some.map(({ patient }) => patient)).size;
  return {
    ...{ kind, name },
    counts: [
      { of: "heads", train: train.length, validation: validation.length },
      { of: "patients", train: patients(train), validation: patients(validation) },
    ],
    failures,
    splitSha256: splitSha256(heads),
    notes,
  };
}
