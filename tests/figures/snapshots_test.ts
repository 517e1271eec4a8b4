import { assert, assertEquals } from "@std/assert";
import { seededPrng } from "../../src/array/seeded_prng.ts";
import { cohortFlow } from "../../src/figures/cohort_flow.ts";
import { confusionMatrix } from "../../src/figures/confusion_matrix.ts";
import { deviationByGrade } from "../../src/figures/deviation_by_grade.ts";
import { diceDistribution } from "../../src/figures/dice_distribution.ts";
import { ecdfByGrade } from "../../src/figures/ecdf_by_grade.ts";
import { estimationPlot } from "../../src/figures/estimation_plot.ts";
import { filmDistance } from "../../src/figures/film_distance.ts";
import { figureTheme } from "../../src/figures/figure_theme.ts";
import { hipPairs } from "../../src/figures/hip_pairs.ts";
import { latentMap } from "../../src/figures/latent_map.ts";
import { pairMatrix } from "../../src/figures/pair_matrix.ts";
import { pictureGrid } from "../../src/figures/picture_grid.ts";
import { qqChiSquare } from "../../src/figures/qq_chi_square.ts";
import { raincloudByGrade } from "../../src/figures/raincloud_by_grade.ts";
import { sameHipDistance } from "../../src/figures/same_hip_distance.ts";
import { stackFigures } from "../../src/figures/stack_figures.ts";
import { rocCurves } from "../../src/figures/roc_curves.ts";
import { draw } from "./draw.ts";

const prng = seededPrng(11);
const ROWS = [12, 6, 6, 5, 4].flatMap((n, grade) =>
  Array.from({ length: n }, (_, i) => ({
    grade,
    split: grade > 0 || i % 2 ? "held-out" : "train",
    distance: 4 + 0.7 * grade + 0.6 * prng.normal(),
    x: grade + prng.normal(),
    y: prng.normal(),
  }))
);
const PAIRS = [0, 1, 2, 3].flatMap((a) =>
  [1, 2, 3, 4].filter((b) => b > a).map((b) => ({ a, b, p: 10 ** -(1.1 * (b - a)), delta: 0.25 * (b - a) }))
);
const LINES = [{ value: 4, label: "median" }, { value: 5.2, label: "95 %" }];
const SPOT = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAACAkQBADs=";
const of = (grade: number) => ROWS.filter((row) => row.grade === grade).map((row) => row.distance);
const theme = figureTheme({ scheme: "print", fontSizePx: 10.667 });

const FIGURES: Record<string, (document: Document, width: number) => Element> = {
  "deviation by grade": (document, width) =>
    deviationByGrade(ROWS, { document, width, theme, bins: 12, references: LINES }),
  "deviation by grade, grade 0 by split, log": (document, width) =>
    deviationByGrade(ROWS, {
      document,
      width,
      theme,
      bins: 12,
      log: true,
      panels: [
        { label: "grade 0, train", grade: 0, split: "train" },
        { label: "grade 0, held-out", grade: 0, split: "held-out" },
        { label: "grade 1", grade: 1 },
      ],
    }),
  "deviation by grade, overlaid": (document, width) =>
    deviationByGrade(ROWS, { document, width, theme, bins: 12, layout: "overlaid", references: LINES }),
  "distance along the progression": (document, width) =>
    filmDistance(
      [0, 1, 2, 3, 4].map((grade) => ({
        grade,
        distance: 0.3 + grade,
        nearest: 3 + 0.2 * grade,
        offManifold: grade === 3,
      })),
      { document, width, theme, references: LINES },
    ),
  "distance of the same hip": (document, width) =>
    sameHipDistance([0, 1, 2, 3, 4].map((stage) => ({ stage, distance: 5 + (stage === 3 ? 6 : stage) })), {
      ...{ document, width, theme, references: LINES },
      path: [0, 1, 2, 3, 4].map((stage) => ({ stage, distance: 5 + stage })),
    }),
  "latent map": (document, width) =>
    latentMap(ROWS, { document, width, theme, faint: ROWS.map((_, i) => i % 3 === 0) }),
  "latent map, PCA with ellipse and density": (document, width) =>
    latentMap(ROWS, {
      document,
      width,
      theme,
      ticks: true,
      density: true,
      axes: ["principal component 1", "principal component 2"],
      outlines: [{ label: "95 %", points: [[-2, 0], [0, 2], [2, 0], [0, -2], [-2, 0]] }],
    }),
  "pair matrix": (document, width) => pairMatrix(PAIRS, { document, width, theme }),
  "pair matrix, p only, dark": (document, width) =>
    pairMatrix(PAIRS, { document, width, theme: figureTheme({ scheme: "dark" }), show: "p" }),
  "estimation plot": (document, width) =>
    estimationPlot(
      PAIRS.map(({ a, b, p, delta }) => ({
        label: `${a} \u2013 ${b}`,
        value: delta,
        interval: a === 3 ? null : [delta - 0.2, Math.min(1, delta + 0.15)],
        note: `p ${p.toFixed(3)}`,
        significant: p < 0.05,
      })),
      { document, width, theme, equivalence: [-0.2, 0.2] },
    ),
  "raincloud": (document, width) =>
    raincloudByGrade(ROWS, {
      document,
      width,
      theme,
      brackets: [{ a: 0, b: 1, label: "p = 0.06" }, { a: 0, b: 4, label: "p < 0.001" }],
    }),
  "ECDF": (document, width) => ecdfByGrade(ROWS, { document, width, theme, references: LINES }),
  "Q-Q": (document, width) =>
    qqChiSquare(of(0).sort((a, b) => a - b).map((v, i) => ({ expected: 2 * i, observed: v * v })), {
      document,
      width,
      theme,
      degrees: 8,
    }),
  "ROC": (document, width) =>
    rocCurves([1, 2, 4].map((grade) => ({ grade, scores: of(grade), note: "0.80 [0.70, 0.90]" })), {
      document,
      width,
      theme,
      healthy: of(0),
    }),
  "picture grid": (document, width) =>
    pictureGrid(
      [0, 1, 2].map((column) => ({
        src: SPOT,
        column,
        row: 0,
        faint: column === 2,
        lines: ["d 4.2", "P97"],
        outlines: [
          { points: [[0.2, 0.2], [0.8, 0.2], [0.5, 0.8]] },
          { points: [[0.25, 0.2], [0.8, 0.25], [0.5, 0.75]], dashed: true },
        ],
      })),
      { document, width, theme, columns: ["0", "1", "2"], rows: ["crop"] },
    ),
  "Dice": (document, width) =>
    diceDistribution(ROWS.map((row) => 0.9 + row.distance / 100), { document, width, theme, bins: 8 }),
  "cohort flow": (document, width) =>
    cohortFlow({
      films: 909,
      patients: 909,
      heads: 1818,
      excluded: [{ reason: "no head", n: 3 }],
      arms: [{ name: "Training", heads: 1270 }, { name: "Validation", heads: 112 }, {
        name: "Held out",
        heads: 436,
        detail: "0: 113, 1: 80",
      }],
    }, { document, width, theme }),
  "hip pairs": (document, width) =>
    hipPairs(
      ROWS.slice(1).map((row, i) => ({
        right: row.distance,
        left: ROWS[i].distance,
        gradeRight: row.grade,
        gradeLeft: i % 2 ? 0 : ROWS[i].grade,
      })),
      { document, width, theme },
    ),
  "two panels in one": (document, width) =>
    stackFigures([
      pictureGrid([{ src: SPOT, column: 0, row: 0, lines: ["0.981"] }], { document, width, theme }),
      diceDistribution([0.95, 0.96, 0.97], { document, width, theme, bins: 3 }),
    ], { width, theme, ariaLabel: "Examples and distribution" }),
  "confusion matrix": (document, width) =>
    confusionMatrix([[9, 2, 0], [3, 5, 1], [0, 2, 7]], { document, width, theme }),
};

for (const [name, figure] of Object.entries(FIGURES)) {
  Deno.test(`${name}: drawn as before, without a warning`, async (t) => {
    await t.assertSnapshot(draw((document) => figure(document, 321)));
  });
}

Deno.test("every figure is one self-contained SVG of the requested width, for every column width", () => {
  for (const [name, figure] of Object.entries(FIGURES)) {
    for (const width of [321, 431, 658]) {
      const svg = draw((document) => figure(document, width));
      assert(svg.startsWith("<svg "), name);
      assertEquals(svg.match(/width="(\d+)"/)?.[1], String(width), name);
      assert(svg.includes('xmlns="http://www.w3.org/2000/svg"') && svg.includes("aria-label="), name);
      assert(
        !/NaN|undefined|var\(--/.test(svg),
        `${name} at ${width} contains NaN, undefined or a CSS variable`,
      );
    }
  }
});
