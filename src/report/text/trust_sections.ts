/** Sections on the reliability of scores: shortcut audit, heads out of domain, repeatability, retraining. */
import { counted } from "./counted.ts";
import { FIXED } from "./pair_sentences.ts";
import { citer, prose, type Section } from "./prose.ts";
import type { OpenStudy } from "../read/read_study.ts";

/** Results of the study's audits; parts that the study does not contain are omitted. */
export function trustSections(record: OpenStudy): Section[] {
  return [...shortcutSection(record), ...domainSection(record), ...reliabilitySection(record)];
}

/** Names of the audit's attributes for readers. */
const ATTRIBUTES: Readonly<Record<string, string>> = {
  headRadiusMm: "head radius",
  exposureContrast: "exposure (contrast of the crop)",
  exposureGrain: "exposure (grain of the crop)",
};

function shortcutSection({ comparisons }: OpenStudy): Section[] {
  const { shortcuts = [] } = comparisons;
  if (shortcuts.length === 0) return [];
  const cite = citer("comparisons.json", comparisons);
  const lines = shortcuts.map(({ attribute, level, kind, interval, tells }, i) => {
    const name = `${ATTRIBUTES[attribute] ?? attribute}${level === null ? "" : ` ${level}`}`;
    const range = interval
      ? prose` (95 % interval ${cite(`/shortcuts/${i}/interval/0`, FIXED)} to ${
        cite(`/shortcuts/${i}/interval/1`, FIXED)
      })`
      : [];
    return prose`${name}: ${kind === "auc" ? "AUC" : "Spearman's rho"} ${
      cite(`/shortcuts/${i}/estimate`, FIXED)
    }${range}${tells ? ", associated after Holm's correction" : ""}.`;
  });
  return [{
    heading: "Shortcuts",
    paragraphs: [
      [
        "Association of the distance with variables that it should be independent of, in healthy heads that were not used for training (AUC 0.5 and " +
        "rho 0: no association). Intervals are not adjusted; an association is reported if p is below 0.05 after Holm's correction over the audit.",
      ],
      ...lines,
    ],
  }];
}

/**
 * Whether the domain limits were set on this cohort. Older studies do not record it; for them it is true if there are
 * healthy validation heads.
 */
function limitsSetHere({ study, heads }: Pick<OpenStudy, "study" | "heads">): boolean {
  return study.fittedOn?.limitsHere ??
    heads.some(({ grade, split }) => grade === 0 && split === "validation");
}

function domainSection({ comparisons, study, heads }: OpenStudy): Section[] {
  const { outOfDomain = [] } = comparisons;
  if (outOfDomain.length === 0) return [];
  const cite = citer("comparisons.json", comparisons);
  const counts = outOfDomain.map(({ grade }, i) =>
    prose`Grade ${String(grade)}: ${cite(`/outOfDomain/${i}/flagged`)} of ${cite(`/outOfDomain/${i}/n`)}.`
  );
  const here = limitsSetHere({ study, heads });
  const other = study.fittedOn?.here ? undefined : study.fittedOn?.name;
  const source = here
    ? `this cohort, "${study.cohort.name}"`
    : `the models' own cohort, "${other ?? study.plan?.name ?? "another cohort"}"`;
  const elsewhere = here ? "" : " In this cohort, which set no limit, the share may be higher.";
  return [{
    heading: "Out of domain",
    paragraphs: [
      [
        `Held-out heads flagged as different from the heads that set the limits. Each limit was set on validation and held-out heads of ` +
        `${source}, so that at most 1 % of the heads of a grade there (one head, if the grade is small) exceed it. ` +
        `A head is flagged if it exceeds any of the limits.${elsewhere}`,
      ],
      ...counts,
    ],
  }];
}

function reliabilitySection({ reliability }: OpenStudy): Section[] {
  if (!reliability) return [];
  const cite = citer("reliability.json", reliability);
  const { repeatability, stability } = reliability;
  const again = (repeatability?.measures ?? []).map(({ change, measure }, i) => {
    const at = `/repeatability/measures/${i}`;
    return prose`${measure}, ${
      change === "all" ? "exposure, pose and bit depth changed" : `${change} changed`
    }: ICC ${cite(`${at}/icc`, FIXED)} (95 % interval ${cite(`${at}/interval/0`, FIXED)} to ${
      cite(`${at}/interval/1`, FIXED)
    }), smallest detectable change ${cite(`${at}/smallestDetectableChange`, FIXED)}, ${
      cite(`${at}/heads`)
    } heads.`;
  });
  const first = repeatability
    ? [
      prose`${
        cite("/repeatability/patients")
      } synthetic patients were imaged again with unchanged bones and scored by the whole pipeline.`,
    ]
    : [];
  const trained = stability
    ? [
      prose`The autoencoder was trained with ${
        counted(stability.seeds.length, "number of seeds", { file: "reliability.json" })
      } seeds: the distances of ${
        cite("/stability/heads")
      } held-out heads agreed with a mean rank correlation of ${
        cite("/stability/spearman/mean", FIXED)
      } (lowest ${cite("/stability/spearman/least", FIXED)}), consistency ICC ${
        cite("/stability/consistency", FIXED)
      }.`,
    ]
    : [];
  const paragraphs = [...first, ...again, ...trained];
  return paragraphs.length > 0 ? [{ heading: "Reliability", paragraphs }] : [];
}
