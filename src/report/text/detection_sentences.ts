import { citer, hasNumber, type Paragraph, prose } from "./prose.ts";
import type { OpenStudy } from "../read/read_study.ts";
import { FIXED } from "./pair_sentences.ts";

/** Names of the measures in a sentence. */
const NAMES: Readonly<Record<string, string>> = {
  distance: "By distance",
  residual: "By residual",
  combined: "By distance and residual combined",
  pca: "By the distance on principal components of the pixels",
};

/** One paragraph per measure, then the comparison with principal components and the performance of the threshold. */
export function detectionSentences({ comparisons }: OpenStudy): Paragraph[] {
  const { detection = [] } = comparisons;
  const cite = citer("comparisons.json", comparisons);
  const interval = (at: string) => prose`${cite(`${at}/0`, FIXED)} to ${cite(`${at}/1`, FIXED)}`;
  const paragraphs = [...new Set(detection.map(({ measure }) => measure))].map((measure) => {
    const rows = detection.flatMap((row, i) => row.measure === measure ? [{ ...row, i }] : []);
    const list = rows.map(({ grade, i }, k) =>
      prose`${k > 0 ? "; " : ""}grade ${String(grade)} ${cite(`/detection/${i}/auc`, FIXED)} (${
        interval(`/detection/${i}/interval`)
      }; ${cite(`/detection/${i}/n`)} heads)`
    ).flat();
    return prose`${NAMES[measure] ?? `By ${measure}`}, AUC with 95 % interval: ${list}.`;
  });
  return [
    ...paragraphs,
    ...againstPca({ comparisons, cite, interval }),
    ...threshold({ comparisons, cite, interval }),
  ];
}

interface Tools {
  readonly comparisons: OpenStudy["comparisons"];
  readonly cite: ReturnType<typeof citer>;
  readonly interval: (at: string) => Paragraph;
}

function againstPca({ comparisons, cite, interval }: Tools): Paragraph[] {
  const rows = (comparisons.distanceMinusPca ?? []).flatMap((row, i) => row.interval ? [{ ...row, i }] : []);
  if (rows.length === 0) return [];
  const list = rows.map(({ grade, i }, k) =>
    prose`${k > 0 ? "; " : ""}grade ${String(grade)} ${cite(`/distanceMinusPca/${i}/difference`, FIXED)} (${
      interval(`/distanceMinusPca/${i}/interval`)
    })`
  ).flat();
  return [
    prose`AUC of the autoencoder's distance minus that of the principal components, same heads: ${list}.`,
  ];
}

function threshold({ comparisons, cite, interval }: Tools): Paragraph[] {
  if (!hasNumber(comparisons, "/threshold/sensitivity/share")) return [];
  const share = (name: string) =>
    prose`${cite(`/threshold/${name}/share`, FIXED)} (${interval(`/threshold/${name}/interval`)}; ${
      cite(`/threshold/${name}/n`)
    } heads)`;
  return [
    prose`The threshold of ${cite("/threshold/value", FIXED)} was chosen on the ${
      cite("/threshold/n")
    } healthy validation heads so that 95 % of them are below it. Among held-out heads its specificity was ${
      share("specificity")
    } and its sensitivity for any grade from 1 on ${share("sensitivity")}.`,
  ];
}
