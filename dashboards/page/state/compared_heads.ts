import type { PageStudy } from "./page_study.ts";
import type { Store } from "./store.ts";

/** 1 for the heads that are compared: graded heads that were not used for training or validation. // [n] */
export function comparedHeads(study: PageStudy): Uint8Array {
  const known = cache.get(study);
  if (known) return known;
  const split = study.text("split");
  const flags = Uint8Array.from(
    study.grade,
    (grade, i) => (grade >= 0 && (split[i] === "held-out" || split[i] === "") ? 1 : 0),
  );
  cache.set(study, flags);
  return flags;
}

const cache = new WeakMap<PageStudy, Uint8Array>();

/** Indices of the compared heads of grade 0. */
export function comparedHealthy(study: PageStudy): number[] {
  const flags = comparedHeads(study);
  return Array.from(flags.keys()).filter((i) => flags[i] && study.grade[i] === 0);
}

/** True if mean and covariance were fitted on this study's training heads; false if they came with the models. */
export function fittedHere(study: PageStudy): boolean {
  const split = study.text("split");
  const train = study.grade.filter((grade, i) => grade === 0 && split[i] === "train").length;
  return study.study.fittedOn?.here ?? (train > 0 && study.normative?.n === train);
}

/** "held-out heads" (or another `kind`) if the study has training or validation heads, otherwise "all heads". */
export function comparedWords(study: PageStudy, kind = "heads"): string {
  const split = study.text("split");
  return split.some((name) => name === "train" || name === "validation") ? `held-out ${kind}` : `all ${kind}`;
}

/** The reference group in words, such as "113 held-out healthy heads"; also says if the group came with the models. */
export function referenceWords(study: PageStudy): string {
  const { reference } = study.study;
  const n = new Intl.NumberFormat("en-GB").format(reference.n);
  if (fittedHere(study)) return `${n} held-out healthy heads`;
  return `${n} ${
    reference.kind === "synthetic" ? "synthetic healthy heads" : "heads, taken as healthy,"
  } that came with the models`;
}

/**
 * The healthy heads that the displayed percentiles refer to, in words: for the distance the reference group, for the
 * other measures the compared healthy heads of this study.
 */
export function percentileGroup({ study, deviations }: Pick<Store, "study" | "deviations">): string {
  if (deviations.measure === "distance") return referenceWords(study);
  const n = new Intl.NumberFormat("en-GB").format(deviations.reference.length);
  return `${n} ${comparedWords(study, "healthy heads").replace(/^all /, "")} of this study`;
}
