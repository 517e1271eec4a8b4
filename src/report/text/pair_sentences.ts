import type { ComparedPair } from "../../stats/compare/comparison.ts";
import type { PStyle } from "../../stats/format/format_p.ts";
import { citer, hasNumber, type Paragraph, prose, type Section } from "./prose.ts";
import { type OpenStudy, pairsWithoutDiseased } from "../read/read_study.ts";

/** Format of effect sizes and other statistics: always two decimals. */
export const FIXED = { decimals: 2 };
/** Below this p a difference is called significant. */
export const LEVEL = 0.05;

/** Options of {@linkcode pairSentences}. */
export interface PairSentencesOptions {
  /** JSON pointer of the pairs in `comparisons.json`. */
  base: "/pairs" | "/withoutDiseasedPatients/pairs";
  pStyle: PStyle;
  /** Selects the pairs that are reported. @default all */
  only?: (pair: ComparedPair) => boolean;
}

/** Table of all pairs of grades; undefined if none was compared. */
export function pairTable({ comparisons }: OpenStudy, pStyle: PStyle): Section["table"] {
  const cite = citer("comparisons.json", comparisons);
  const pairs = comparisons.pairs ?? [];
  if (pairs.length === 0) return undefined;
  const without = pairsWithoutDiseased(comparisons);
  const interval = (at: string, name: string, low: string) =>
    hasNumber(comparisons, `${at}/${low}/0`)
      ? prose`${cite(`${at}/${name}`, FIXED)} (${cite(`${at}/${low}/0`, FIXED)} to ${
        cite(`${at}/${low}/1`, FIXED)
      })`
      : [cite(`${at}/${name}`, FIXED)];
  return {
    columns: [
      ...["grades", "heads", "patients", "p clustered, Holm", "p unclustered, Holm", "AUC (95 %, bootstrap)"],
      ...["Cliff's delta (95 %)", "detectable AUC"],
      ...(without.length > 0 ? ["p without healthy hips of patients with disease"] : []),
    ],
    rows: pairs.map((pair, i) => {
      const at = `/pairs/${i}`;
      const k = without.findIndex(({ a, b }) => a === pair.a && b === pair.b);
      return [
        [`grade ${pair.a} vs grade ${pair.b}`],
        prose`${cite(`${at}/nA`)}, ${cite(`${at}/nB`)}`,
        prose`${cite(`${at}/clustersA`)}, ${cite(`${at}/clustersB`)}`,
        [cite(`${at}/clusteredPAdjusted`, { p: pStyle })],
        [cite(`${at}/mannWhitneyPAdjusted`, { p: pStyle })],
        interval(at, "auc", "aucIntervalBootstrap"),
        interval(at, "cliffsDelta", "cliffsDeltaInterval"),
        hasNumber(comparisons, `${at}/detectableAuc`) ? [cite(`${at}/detectableAuc`, FIXED)] : ["\u2013"],
        ...(without.length > 0
          ? [
            k < 0
              ? ["\u2013"]
              : [cite(`/withoutDiseasedPatients/pairs/${k}/clusteredPAdjusted`, { p: pStyle })],
          ]
          : []),
      ];
    }),
  };
}

/**
 * One sentence per pair, significant or not. For a pair that is not significant, further sentences state what the
 * result leaves open.
 */
export function pairSentences(
  { comparisons }: OpenStudy,
  { base, pStyle, only = () => true }: PairSentencesOptions,
): Paragraph[] {
  const cite = citer("comparisons.json", comparisons);
  const pairs = base === "/pairs" ? comparisons.pairs ?? [] : pairsWithoutDiseased(comparisons);
  return pairs.flatMap((pair, i) => {
    if (!only(pair)) return [];
    const at = `${base}/${i}`;
    const significant = pair.clusteredPAdjusted < LEVEL;
    const interval = pair.aucIntervalBootstrap
      ? prose`, 95 % interval ${cite(`${at}/aucIntervalBootstrap/0`, FIXED)} to ${
        cite(`${at}/aucIntervalBootstrap/1`, FIXED)
      }`
      : [];
    const [low, high] = pair.aucIntervalBootstrap ?? [0.5, 0.5];
    const few = low <= 0.05 && high >= 0.95 ? prose` (so wide because there are few patients)` : [];
    const first = prose`Grade ${pair.a} against grade ${pair.b}: ${
      significant ? "significantly different" : "no significant difference"
    } (clustered rank sum, adjusted ${cite(`${at}/clusteredPAdjusted`, { p: pStyle })}; unclustered ${
      cite(`${at}/mannWhitneyPAdjusted`, { p: pStyle })
    }), AUC ${cite(`${at}/auc`, FIXED)}${interval}${few}, Cliff's delta ${
      cite(`${at}/cliffsDelta`, FIXED)
    }; ${cite(`${at}/nA`)} heads of ${cite(`${at}/clustersA`)} patients with grade ${pair.a}, ${
      cite(`${at}/nB`)
    } of ${cite(`${at}/clustersB`)} with grade ${pair.b}.`;
    return [significant ? first : [...first, ...leftOpen(pair, { at, cite, pStyle, comparisons })]];
  });
}

/**
 * Sentences on what a result that is not significant leaves open, because it does not show equality: the smallest
 * detectable effect, and whether the two grades were equivalent.
 */
function leftOpen(
  pair: ComparedPair,
  { at, cite, pStyle, comparisons }: {
    at: string;
    cite: ReturnType<typeof citer>;
    pStyle: PStyle;
    comparisons: unknown;
  },
): Paragraph {
  const power = hasNumber(comparisons, `${at}/detectableAuc`)
    ? prose` With these sample sizes a single test, without Holm's correction, has 80 % power to detect an AUC of ${
      cite(`${at}/detectableAuc`, FIXED)
    }; after the correction for all pairs, even a larger AUC may not be significant.`
    : [" These samples are too small to detect any effect with 80 % power."];
  if (!hasNumber(comparisons, `${at}/equivalence/bound`)) return power;
  const equivalent = pair.equivalence.p < LEVEL;
  const bound = cite(`${at}/equivalence/bound`, FIXED);
  const p = cite(`${at}/equivalence/p`, { p: pStyle });
  return [
    ...power,
    ...(equivalent
      ? prose` Within ${bound} of an AUC of 0.5 the two were equivalent (${p}, not adjusted).`
      : prose` Equivalence within ${bound} of an AUC of 0.5 was not shown (${p}, not adjusted).`),
  ];
}
