import { comparedHeads } from "../state/compared_heads.ts";
import { markAlong } from "../chart/head_marks.ts";
import { measureAxis } from "../state/measures.ts";
import { thinMarks } from "../state/most_marks.ts";
import { estimationPlot } from "../../../src/figures/estimation_plot.ts";
import { type Bracket, raincloudByGrade } from "../../../src/figures/raincloud_by_grade.ts";
import { adjustedP, type Pair, pairsOf } from "../state/comparisons.ts";
import { drawnFigure } from "../chart/drawn_figure.ts";
import { printP, withSign } from "../ui/format.ts";
import type { Store } from "../state/store.ts";

const pairName = (a: string, b: string) => `${a} vs ${b}`;

/** Cliff's delta of every pair with its interval; the equivalence region, if the study has one, is shaded. */
export function estimationView(store: Store) {
  return drawnFigure(store, {
    maxWidth: 560,
    height: () => 26 * pairsOf(store).length + 58,
    draw: (theme, size) => {
      const pairs = pairsOf(store);
      if (!pairs.length) return null;
      const bound = pairs[0].equivalence?.bound;
      return estimationPlot(
        pairs.map((pair) => {
          const p = adjustedP(store, pair);
          return {
            label: pairName(pair.a, pair.b),
            value: pair.cliffsDelta,
            interval: pair.cliffsDeltaInterval ?? null,
            note: `p ${withSign(printP(p, store.view.pStyle))}`,
            significant: p < 0.05,
          };
        }),
        {
          theme,
          ...size,
          // The bound is that of the AUC, and Cliff's delta is 2 AUC - 1.
          equivalence: bound === undefined || bound > 0.5 ? undefined : [-2 * bound, 2 * bound],
        },
      );
    },
  });
}

/** Raincloud plot of the compared heads, with brackets for the pairs with grade 0 and for neighbouring grades. */
export function raincloudView(store: Store) {
  return drawnFigure(store, {
    maxWidth: 620,
    height: () => 340 + 16 * bracketsOf(store).length,
    marks: (svg) => markAlong(store, svg, "y"),
    draw: (theme, size) => {
      return raincloudByGrade(rainRows(store), {
        theme,
        ...size,
        brackets: bracketsOf(store),
        label: measureAxis(store),
        thin: thinMarks(store.study),
      });
    },
  });
}

/** The effects shown, with their intervals. */
export function effectTable(store: Store) {
  const range = (pair: Pair) => pair.cliffsDeltaInterval ?? [NaN, NaN];
  return {
    columns: ["a", "b", "n_a", "n_b", "cliffs_delta", "low_95", "high_95", "p_adjusted", "test"],
    rows: pairsOf(store).map((pair) => [
      pair.a,
      pair.b,
      pair.nA,
      pair.nB,
      pair.cliffsDelta,
      range(pair)[0],
      range(pair)[1],
      adjustedP(store, pair),
      store.view.test,
    ]),
  };
}

/** The heads shown in the raincloud plot. */
export function rainRows({ study, deviations }: Store) {
  const compared = comparedHeads(study);
  return Array.from(study.grade, (grade, i) => ({ i, grade, distance: deviations.value[i] }))
    .filter(({ i, distance }) => compared[i] && Number.isFinite(distance));
}

/** Adjusted p against grade 0 and between neighbouring grades, the nearest pairs lowest. */
function bracketsOf(store: Store): Bracket[] {
  const present = new Set(store.study.grades);
  return pairsOf(store)
    .map((pair) => ({
      a: Number(pair.a),
      b: Number(pair.b),
      label: printP(adjustedP(store, pair), store.view.pStyle),
    }))
    .filter(({ a, b }) => present.has(a) && present.has(b) && (a === 0 || b === a + 1))
    .sort((x, y) => x.b - x.a - (y.b - y.a) || x.a - y.a);
}
