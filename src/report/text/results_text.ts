import { counted, medianOf } from "./counted.ts";
import { failuresText } from "./data_sheet.ts";
import { detectionSentences } from "./detection_sentences.ts";
import type { PStyle } from "../../stats/format/format_p.ts";
import { SYNTHETIC_NOTE } from "./methods_text.ts";
import { FIXED, LEVEL, pairSentences, pairTable } from "./pair_sentences.ts";
import { citer, hasNumber, type Paragraph, prose, type Section } from "./prose.ts";
import type { OpenStudy } from "../read/read_study.ts";
import type { ReportText } from "./render_text.ts";
import { trustSections } from "./trust_sections.ts";

/**
 * The Results section of a study. Every pair of grades is reported, significant or not; for a result that is not
 * significant the text states what it leaves open. Every number is read from files of the study; a section whose data
 * the study does not contain is omitted.
 */
export function resultsText(record: OpenStudy, { pStyle = "apa" }: { pStyle?: PStyle } = {}): ReportText {
  const { comparisons } = record;
  const compared: Section[] = comparisons.notPossible === undefined
    ? [
      { heading: "All grades", paragraphs: [allGrades(record, pStyle)] },
      {
        heading: "Pairs of grades",
        table: pairTable(record, pStyle),
        summary: "The same in sentences, with what non-significant results leave open",
        paragraphs: pairSentences(record, { base: "/pairs", pStyle }),
      },
      { heading: "Separating each grade from healthy", paragraphs: detectionSentences(record) },
      ...withoutSection(record, pStyle),
      { heading: "Staging", paragraphs: staging(record) },
    ]
    : [{
      heading: "Grades",
      paragraphs: [[
        `The grades were not compared: ${comparisons.notPossible}.`,
      ]],
    }];
  const sections = [
    { heading: "Cohort", paragraphs: cohort(record) },
    { heading: "Outlines", paragraphs: outlines(record) },
    ...compared,
    ...trustSections(record),
  ];
  return { title: "Results", sections: sections.filter(({ paragraphs }) => paragraphs.length > 0) };
}

function cohort(record: OpenStudy): Paragraph[] {
  const { comparisons, study, failures } = record;
  const cite = citer("comparisons.json", comparisons);
  const groups = (comparisons.groups ?? []).map(({ group }, i) =>
    prose`Grade ${group}: median distance ${cite(`/groups/${i}/median`, FIXED)} (quartiles ${
      cite(`/groups/${i}/q1`, FIXED)
    } and ${cite(`/groups/${i}/q3`, FIXED)}) in ${cite(`/groups/${i}/n`)} heads of ${
      cite(`/groups/${i}/clusters`)
    } patients.`
  );
  return [
    ...(study.cohort.kind === "synthetic" ? [[SYNTHETIC_NOTE]] : []),
    failuresText(failures),
    ...groups,
  ];
}

/** Agreement of the outlines with reference outlines, if there are any. */
function outlines({ heads, study }: OpenStudy): Paragraph[] {
  const dice = heads.map((head) => head.dice).filter(Number.isFinite);
  if (dice.length === 0 || !hasNumber(study, "/dice/mean")) return [];
  const cite = citer("study.json", study), three = { decimals: 3 };
  const byGrade = [0, 1, 2, 3, 4].flatMap((grade) => {
    const values = heads.filter((head) => head.grade === grade).map((head) => head.dice).filter(
      Number.isFinite,
    );
    return values.length > 0 ? [{ grade, median: medianOf(values) }] : [];
  });
  const list = byGrade.map(({ grade, median }, i) =>
    prose`${i > 0 ? ", " : ""}grade ${String(grade)}: ${
      counted(median, `median of dice, grade ${grade}`, three)
    }`
  ).flat();
  return [
    prose`The outlines agreed with the reference outlines of ${cite("/dice/n")} heads with a mean Dice of ${
      cite("/dice/mean", three)
    } (median ${counted(medianOf(dice), "median of dice", three)}, lowest ${
      counted(Math.min(...dice), "lowest dice", three)
    }). Medians by grade: ${list}.`,
  ];
}

/**
 * Omnibus test and trend: p by permutation of whole patients if the study has it, with the unclustered p next to it.
 */
function allGrades({ comparisons }: OpenStudy, pStyle: PStyle): Paragraph {
  const cite = citer("comparisons.json", comparisons);
  const primary = (at: "omnibus" | "trend") =>
    hasNumber(comparisons, `/${at}/clusteredP`) ? "clusteredP" : "p";
  const ps = (at: "omnibus" | "trend") =>
    primary(at) === "p"
      ? prose`unclustered ${cite(`/${at}/p`, { p: pStyle })}`
      : prose`${cite(`/${at}/clusteredP`, { p: pStyle })} by permutation of patients, unclustered ${
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

function withoutSection(record: OpenStudy, pStyle: PStyle): Section[] {
  const { comparisons: { withoutDiseasedPatients: without, settings } } = record;
  const heading = "Without patients who have a diseased hip";
  if (without && "notPossible" in without) {
    const why =
      `Without the healthy hips of patients whose other hip is diseased, the grades were not compared: ${without.notPossible}.`;
    return [{ heading, paragraphs: [[why]] }];
  }
  const reference = String(settings?.reference ?? 0);
  const only = ({ a, b }: { a: string; b: string }) => a === reference || b === reference;
  const pairs = pairSentences(record, { base: "/withoutDiseasedPatients/pairs", pStyle, only });
  if (pairs.length === 0) return []; // no healthy heads remain
  return [{
    heading,
    summary: "In sentences",
    paragraphs: [
      [
        "Here grade 0 excludes the healthy hips of patients whose other hip is diseased. Pairs without grade 0 have the same heads " +
        "as before; p was corrected over all pairs again.",
      ],
      ...pairs,
    ],
  }];
}

function staging({ comparisons }: OpenStudy): Paragraph[] {
  const { staging } = comparisons;
  if (!staging) return [];
  const cite = citer("comparisons.json", comparisons);
  const perGrade = staging.perGrade.map(({ grade }, i) =>
    prose`Grade ${String(grade)}: sensitivity ${cite(`/staging/perGrade/${i}/sensitivity`, FIXED)} (${
      cite(`/staging/perGrade/${i}/interval/0`, FIXED)
    } to ${cite(`/staging/perGrade/${i}/interval/1`, FIXED)}), ${cite(`/staging/perGrade/${i}/n`)} heads.`
  );
  return [
    prose`An ordinal model of latent vector, distance and residual (an addition of Caput), cross-validated by patient on heads that were not used for training, agreed with the grades with a quadratic-weighted kappa of ${
      cite("/staging/kappa", FIXED)
    } (95 % interval ${cite("/staging/kappaInterval/0", FIXED)} to ${
      cite("/staging/kappaInterval/1", FIXED)
    }).`,
    ...perGrade,
  ];
}
