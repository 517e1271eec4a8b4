import type { PStyle } from "./format_p.ts";
import { SYNTHETIC_NOTE } from "./methods_text.ts";
import { citer, holds, type Paragraph, prose } from "./prose.ts";
import type { OpenStudy } from "./read_study.ts";
import type { ReportText } from "./render_text.ts";

/** Effects and their intervals have two decimals, whole or not. */
const FIXED = { decimals: 2 };
/** Below this adjusted p a difference is called significant. */
const LEVEL = 0.05;

/**
 * The Results section of a study: one sentence a pair, whatever came out, with what a result that is not significant leaves
 * open. Every number is read from `comparisons.json`.
 */
export function resultsText(record: OpenStudy, { pStyle = "apa" }: { pStyle?: PStyle } = {}): ReportText {
  const { comparisons, study } = record;
  const cite = citer("comparisons.json", comparisons);
  const groups = comparisons.groups.map(({ group }, i) =>
    prose`Grade ${group}: median distance ${cite(`/groups/${i}/median`, FIXED)} in ${
      cite(`/groups/${i}/n`)
    } heads of ${cite(`/groups/${i}/clusters`)} patients.`
  );
  const sections = [
    {
      heading: "Cohort",
      paragraphs: [...(study.cohort.kind === "synthetic" ? [[SYNTHETIC_NOTE]] : []), ...groups],
    },
    { heading: "All grades", paragraphs: [allGrades(record, pStyle)] },
    { heading: "Pairs of grades", paragraphs: pairParagraphs(record, { base: "/pairs", pStyle }) },
    ...detectionSection(record),
    ...withoutSection(record, pStyle),
    ...stagingSection(record),
    ...shortcutSection(record),
    ...domainSection(record),
    ...reliabilitySection(record),
  ];
  return { title: "Results", sections };
}

/** Omnibus and trend: by permutation of whole patients where the study holds it, the naive p beside it. */
function allGrades({ comparisons }: OpenStudy, pStyle: PStyle): Paragraph {
  const cite = citer("comparisons.json", comparisons);
  const primary = (at: "omnibus" | "trend") => holds(comparisons, `/${at}/clusteredP`) ? "clusteredP" : "p";
  const ps = (at: "omnibus" | "trend") =>
    primary(at) === "p"
      ? prose`naive ${cite(`/${at}/p`, { p: pStyle })}`
      : prose`${cite(`/${at}/clusteredP`, { p: pStyle })} by permutation of patients, naive ${
        cite(`/${at}/p`, { p: pStyle })
      }`;
  const below = (at: "omnibus" | "trend") => comparisons[at][primary(at)] < LEVEL;
  const way = comparisons.trend.jonckheereZ > 0 ? "rose" : "fell";
  return prose`The grades ${
    below("omnibus") ? "differed" : "did not differ significantly"
  } (Kruskal-Wallis H = ${cite("/omnibus/kruskalWallisH", FIXED)}, ${ps("omnibus")}); distances ${
    below("trend") ? way : "did not change significantly"
  } with the grade (Jonckheere-Terpstra Z = ${cite("/trend/jonckheereZ", FIXED)}, ${ps("trend")}).`;
}

/** One sentence a pair; for one that is not significant a second on what it leaves open. */
function pairParagraphs(
  { comparisons }: OpenStudy,
  { base, pStyle }: { base: string; pStyle: PStyle },
): Paragraph[] {
  const cite = citer("comparisons.json", comparisons);
  const pairs = base === "/pairs" ? comparisons.pairs : comparisons.withoutDiseasedPatients?.pairs ?? [];
  return pairs.map((pair, i) => {
    const at = `${base}/${i}`;
    const significant = pair.clusteredPAdjusted < LEVEL;
    const interval = pair.aucIntervalBootstrap
      ? prose`, 95 % interval ${cite(`${at}/aucIntervalBootstrap/0`, FIXED)} to ${
        cite(`${at}/aucIntervalBootstrap/1`, FIXED)
      }`
      : [];
    const first = prose`Grade ${pair.b} against grade ${pair.a}: ${
      significant ? "significantly different" : "no significant difference"
    } (clustered rank sum, adjusted ${cite(`${at}/clusteredPAdjusted`, { p: pStyle })}; naive ${
      cite(`${at}/mannWhitneyPAdjusted`, { p: pStyle })
    }), AUC ${cite(`${at}/auc`, FIXED)}${interval}, Cliff's delta ${cite(`${at}/cliffsDelta`, FIXED)}; ${
      cite(`${at}/nA`)
    } and ${cite(`${at}/nB`)} heads of ${cite(`${at}/clustersA`)} and ${cite(`${at}/clustersB`)} patients.`;
    return significant ? first : [...first, ...leftOpen(comparisons, at)];
  });
}

/** Not significant is not the same: how small an effect could have hidden. */
function leftOpen(comparisons: unknown, at: string): Paragraph {
  const cite = citer("comparisons.json", comparisons);
  const power = holds(comparisons, `${at}/detectableAuc`)
    ? prose` An AUC nearer to 0.5 than ${
      cite(`${at}/detectableAuc`, FIXED)
    } would most likely have been missed.`
    : [" These samples are too small to find any effect with 80 % power."];
  const bound = holds(comparisons, `${at}/equivalence/bound`)
    ? prose` Equivalence within ${cite(`${at}/equivalence/bound`, FIXED)} of an AUC of 0.5: ${
      cite(`${at}/equivalence/p`, { p: "apa" })
    }.`
    : [];
  return [...power, ...bound];
}

function detectionSection({ comparisons }: OpenStudy): ReportText["sections"] {
  const { detection = [] } = comparisons;
  if (detection.length === 0) return [];
  const cite = citer("comparisons.json", comparisons);
  const paragraphs = detection.map(({ grade, measure }, i) =>
    prose`Grade ${String(grade)} by ${measure}: AUC ${cite(`/detection/${i}/auc`, FIXED)} (95 % interval ${
      cite(`/detection/${i}/interval/0`, FIXED)
    } to ${cite(`/detection/${i}/interval/1`, FIXED)}) against the held-out healthy heads, ${
      cite(`/detection/${i}/n`)
    } heads.`
  );
  return [{ heading: "Telling a grade from healthy", paragraphs }];
}

function withoutSection(record: OpenStudy, pStyle: PStyle): ReportText["sections"] {
  if (!record.comparisons.withoutDiseasedPatients) return [];
  return [{
    heading: "Without patients who have a diseased hip",
    paragraphs: [
      ["The same comparisons when healthy-looking hips of patients with a diseased hip are left out of grade 0:"],
      ...pairParagraphs(record, { base: "/withoutDiseasedPatients/pairs", pStyle }),
    ],
  }];
}

function stagingSection({ comparisons }: OpenStudy): ReportText["sections"] {
  const { staging } = comparisons;
  if (!staging) return [];
  const cite = citer("comparisons.json", comparisons);
  const perGrade = staging.perGrade.map(({ grade }, i) =>
    prose`Grade ${String(grade)}: sensitivity ${cite(`/staging/perGrade/${i}/sensitivity`, FIXED)} (${
      cite(`/staging/perGrade/${i}/interval/0`, FIXED)
    } to ${cite(`/staging/perGrade/${i}/interval/1`, FIXED)}), ${cite(`/staging/perGrade/${i}/n`)} heads.`
  );
  return [{
    heading: "Staging",
    paragraphs: [
      prose`An ordinal model on codes, distance and residual (ours, not the paper's), cross-validated by patient, agreed with the grades with a quadratic-weighted kappa of ${
        cite("/staging/kappa", FIXED)
      } (${cite("/staging/kappaInterval/0", FIXED)} to ${cite("/staging/kappaInterval/1", FIXED)}).`,
      ...perGrade,
    ],
  }];
}

/** What the audit calls its attributes, for readers. */
const ATTRIBUTES: Readonly<Record<string, string>> = {
  headRadiusMm: "head radius",
  exposureContrast: "exposure (contrast of the crop)",
  exposureGrain: "exposure (grain of the crop)",
};

function shortcutSection({ comparisons }: OpenStudy): ReportText["sections"] {
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
    }${range}${tells ? ": the interval leaves out the value of no relation" : ""}.`;
  });
  return [{
    heading: "Shortcuts",
    paragraphs: [
      [
        "How well the distance of healthy heads that were not trained on tells what it should not know of (AUC 0.5 and " +
        "rho 0: not at all). Each interval stands for itself; with so many looks one in twenty leaves its null value by chance.",
      ],
      ...lines,
    ],
  }];
}

function domainSection({ comparisons }: OpenStudy): ReportText["sections"] {
  const { outOfDomain = [] } = comparisons;
  if (outOfDomain.length === 0) return [];
  const cite = citer("comparisons.json", comparisons);
  const counts = outOfDomain.map(({ grade }, i) =>
    prose`Grade ${String(grade)}: ${cite(`/outOfDomain/${i}/flagged`)} of ${cite(`/outOfDomain/${i}/n`)}.`
  );
  return [{
    heading: "Out of domain",
    paragraphs: [
      [
        "Held-out heads called unlike the cohort. The limits were set on validation and held-out heads of every grade, so that at " +
        "most 1 % of the heads of a grade, or one where it is small, lies beyond each.",
      ],
      ...counts,
    ],
  }];
}

function reliabilitySection({ reliability }: OpenStudy): ReportText["sections"] {
  if (!reliability) return [];
  const cite = citer("reliability.json", reliability);
  const { repeatability, stability } = reliability;
  const again = (repeatability?.measures ?? []).map(({ change, measure }, i) => {
    const at = `/repeatability/measures/${i}`;
    return prose`${measure}, ${change === "all" ? "all three changed" : `other ${change}`}: ICC ${
      cite(`${at}/icc`, FIXED)
    } (95 % interval ${cite(`${at}/interval/0`, FIXED)} to ${
      cite(`${at}/interval/1`, FIXED)
    }), smallest detectable change ${cite(`${at}/smallestDetectableChange`, FIXED)}, ${
      cite(`${at}/heads`)
    } heads.`;
  });
  const first = repeatability
    ? [
      prose`${
        cite("/repeatability/patients")
      } synthetic patients were filmed again, bones untouched, and scored by the whole path.`,
    ]
    : [];
  const trained = stability
    ? [
      prose`The autoencoder was trained with ${String(stability.seeds.length)} seeds: the distances of ${
        cite("/stability/heads")
      } held-out heads agreed with a rank correlation of ${cite("/stability/spearman/mean", FIXED)} (least ${
        cite("/stability/spearman/least", FIXED)
      }), consistency ICC ${cite("/stability/consistency", FIXED)}.`,
    ]
    : [];
  const paragraphs = [...first, ...again, ...trained];
  return paragraphs.length > 0 ? [{ heading: "Reliability", paragraphs }] : [];
}
