import { MANY_HEADS } from "../../many_heads.ts";
import { answerByGrade } from "../../../src/figures/answer_by_grade.ts";
import { comparedHeads } from "../state/compared_heads.ts";
import { adjustedP, comparing, comparisonsOf, type Pair, pairsOf } from "../state/comparisons.ts";
import { drawnFigure } from "../chart/drawn_figure.ts";
import { fixed, printP, withSign } from "../ui/format.ts";
import { markAlong } from "../chart/head_marks.ts";
import { referenceLines } from "../state/reference_lines.ts";
import { measureAxis, measureWord } from "../state/measures.ts";
import { thinMarks, TICKS } from "../state/most_marks.ts";
import type { Store } from "../state/store.ts";

/**
 * The result as one sentence, from the current comparisons: which grades differ from grade 0, and for which no
 * difference was shown.
 */
export function answerWords(store: Store): string {
  const against = againstHealthy(store);
  const by = `By ${measureWord(store)}, `;
  if (comparing(store)) return `${by}\u2026`;
  if (against.length === 0) {
    return whyNot(store) ? "The grades could not be compared." : "This study has no comparison of grades.";
  }
  const differing = (way: 1 | -1) =>
    against.filter(({ pair }) => adjustedP(store, pair) < 0.05 && Math.sign(pair.cliffsDelta * way) > 0);
  const further = differing(1).map(({ grade }) => grade), nearer = differing(-1).map(({ grade }) => grade);
  const rest = against.map(({ grade }) => grade).filter((grade) =>
    !further.includes(grade) && !nearer.includes(grade)
  );
  const parts = [
    further.length
      ? `${gradeList(further)} ${further.length > 1 ? "are" : "is"} significantly further from healthy`
      : "",
    nearer.length
      ? `${gradeList(nearer)} ${
        nearer.length > 1 ? "have" : "has"
      } significantly smaller values than healthy heads`
      : "",
    rest.length
      ? further.length + nearer.length
        ? `${gradeList(rest)} ${rest.length > 1 ? "do" : "does"} not differ significantly`
        : "no grade differs significantly from healthy"
      : "",
  ].filter((part) => part !== "");
  return `${by}${parts.join("; ")}.`;
}

/** Why the grades could not be compared; empty if they were, or if the study gives no reason. */
export function whyNot(store: Store): string {
  const { study } = store;
  const why = (study.comparisons as { notPossible?: string } | null)?.notPossible ?? "";
  if (!why && study.n > MANY_HEADS && !comparisonsOf(store)) {
    return `The study contains no comparisons for this measure. With more than ${
      MANY_HEADS.toLocaleString("en-GB")
    } heads the page does not compute them, because that would take minutes.`;
  }
  return why && `Reason: ${why}.`;
}

/**
 * Text under "no grade differs significantly": which effect this number of heads could have shown, and whether the
 * measure increases over all grades. Empty if a grade differs or nothing was compared.
 */
export function fewHeadsWords(store: Store): string {
  const against = againstHealthy(store);
  if (comparing(store) || against.length === 0) return "";
  if (against.some(({ pair }) => adjustedP(store, pair) < 0.05)) return "";
  const heads = against.map(({ pair }) => pair.nB);
  const detectable = against.map(({ pair }) => pair.detectableAuc ?? NaN).filter(Number.isFinite);
  const [few, many] = [Math.min(...heads), Math.max(...heads)];
  const [least, most] = [Math.min(...detectable), Math.max(...detectable)].map((auc) => fixed(auc));
  const words = detectable.length
    ? [
      `This does not show that they are equal: with ${
        few === many ? few : `${few} to ${many}`
      } heads per grade, only an AUC of ${
        least === most ? `${least} or more` : `${least} to ${most} or more, depending on the grade,`
      } can be detected (80 % power).`,
    ]
    : [];
  const above = against.filter(({ pair }) => pair.auc >= (pair.detectableAuc ?? Infinity))
    .map(({ grade }) => grade);
  if (above.length > 0) {
    const [has, is] = above.length > 1 ? ["have", "are"] : ["has", "is"];
    words.push(
      "This holds for a single comparison, without correction for several, and only roughly allows for two heads of one " +
        `patient: ${gradeList(above)} ${has} a higher AUC and ${is} still not significant.`,
    );
  }
  const { trend, omnibus } = comparisonsOf(store) ?? {};
  const p = trend?.clusteredP;
  if (!store.view.without && omnibus && p !== undefined && p < 0.05 && (trend?.jonckheereZ ?? 0) > 0) {
    const text = printP(p, store.view.pStyle);
    words.push(
      `Over all grades together the measure rises with the grade (p ${
        /^[<>]/.test(text) ? text : `= ${text}`
      }, by patient).`,
    );
  }
  return words.join(" ");
}

/** All pairs of grade 0 with another grade, in order of the other grade. */
function againstHealthy(store: Store): { grade: number; pair: Pair }[] {
  return pairsOf(store).flatMap((pair) => pair.a === "0" ? [{ grade: Number(pair.b), pair }] : []).sort((
    x,
    y,
  ) => x.grade - y.grade);
}

/** "grade 1", "grades 1 and 3", "grades 2 to 4" */
function gradeList(grades: readonly number[]): string {
  if (grades.length === 1) return `grade ${grades[0]}`;
  const run = grades.every((grade, k) => k === 0 || grade === grades[k - 1] + 1);
  if (run && grades.length > 2) return `grades ${grades[0]} to ${grades.at(-1)}`;
  return `grades ${grades.slice(0, -1).join(", ")} and ${grades.at(-1)}`;
}

/** The small figure at the top of the page, next to the sentence: the measure by grade. */
export function answerView(store: Store) {
  return drawnFigure(store, {
    maxWidth: 560,
    height: () => 34 * store.study.grades.length + (referenceLines(store).length ? 56 : 52),
    draw: (theme, size) => {
      const { study, deviations: { value } } = store;
      const compared = comparedHeads(study);
      const against = againstHealthy(store);
      const rows = study.grades.map((grade) => {
        const pair = against.find((each) => each.grade === grade)?.pair;
        const p = pair ? adjustedP(store, pair) : NaN;
        const text = printP(p, store.view.pStyle);
        return {
          grade,
          values: Array.from(value).filter((v, i) =>
            study.grade[i] === grade && compared[i] && Number.isFinite(v)
          ),
          differs: p < 0.05,
          note: pair ? `p ${withSign(text)}` : grade === 0 ? "healthy" : "",
        };
      }).filter(({ values }) => values.length > 0);
      const reference = referenceLines(store).at(-1);
      const far = reference && { ...reference, label: "99 % of healthy" };
      return rows.length
        ? answerByGrade(rows, {
          theme,
          ...size,
          label: measureAxis(store),
          reference: far,
          thin: thinMarks(study, TICKS),
        })
        : null;
    },
    marks: (svg) => markAlong(store, svg, "x"),
  });
}

/** The numbers shown in the small figure. */
export function answerTable(store: Store) {
  const groups = comparisonsOf(store)?.groups ?? [];
  const against = againstHealthy(store);
  return {
    columns: [
      "grade",
      "heads",
      "patients",
      "median",
      "p_against_0_adjusted",
      "test",
      "auc",
      "auc_low_95",
      "auc_high_95",
    ],
    rows: groups.map(({ group, n, clusters, median }) => {
      const pair = against.find(({ grade }) => String(grade) === group)?.pair;
      return [
        group,
        n,
        clusters ?? NaN,
        median,
        pair ? adjustedP(store, pair) : NaN,
        pair ? store.view.test : "",
        pair?.auc ?? NaN,
        pair?.aucIntervalBootstrap?.[0] ?? NaN,
        pair?.aucIntervalBootstrap?.[1] ?? NaN,
      ];
    }),
  };
}
