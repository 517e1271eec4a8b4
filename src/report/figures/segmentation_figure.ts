import { diceDistribution } from "../../figures/dice_distribution.ts";
import type { FigureOptions } from "../../figures/figure_options.ts";
import { type GridOutline, type GridPicture, pictureGrid } from "../../figures/picture_grid.ts";
import { stackFigures } from "../../figures/stack_figures.ts";
import { dataUrl } from "../read/data_url.ts";
import type { HeadRecord, OpenStudy } from "../read/read_study.ts";
import { outlinesOf } from "./outlined_head.ts";
import type { StudyFigure } from "./study_figure.ts";

/** Headings of the rows. */
const ROWS = ["typical", "worst"];

/**
 * Outlines on crops of the heads with median and lowest Dice of each grade, above the distribution of Dice. Without
 * reference outlines there is no Dice; the examples are then the heads with median and lowest confidence. Null if the
 * study has neither outlines nor at least two values of Dice.
 */
export async function segmentationFigure(record: OpenStudy): Promise<StudyFigure | null> {
  const dice = record.heads.filter((head) => Number.isFinite(head.dice));
  const examples = await examplesOf(record, dice.length > 1);
  if (examples.length === 0 && dice.length < 2) return null;
  const grades = [...new Set(examples.map(({ head }) => head.grade))].sort((a, b) => a - b);
  const pictures = examples.map(({ src, head, row, outlines }): GridPicture => ({
    ...{ src, row, column: grades.indexOf(head.grade), outlines },
    lines: [dice.length > 1 ? head.dice.toFixed(3) : head.confidence.toFixed(3)],
  }));
  const draw = (options: FigureOptions) => {
    const labels = { columns: grades.map((grade) => `grade ${grade}`), rows: ROWS };
    const grid = pictures.length > 0 ? [pictureGrid(pictures, { ...options, ...labels })] : [];
    const histogram = dice.length > 1 ? [diceDistribution(dice.map((head) => head.dice), options)] : [];
    const panels = [...grid, ...histogram];
    return panels.length > 1 ? stackFigures(panels, options) : panels[0];
  };
  return { name: "segmentation", ...wordsOf(examples, dice), rows: rowsOf(record), draw };
}

function wordsOf(
  examples: readonly Example[],
  dice: readonly HeadRecord[],
): Pick<StudyFigure, "caption" | "alt"> {
  const measure = dice.length > 1 ? "Dice" : "confidence";
  const both = examples.some(({ outlines }) => outlines.length > 1);
  const pictures = examples.length > 0
    ? `Outlines found (yellow${
      both ? ") and true (white, dashed" : ""
    }) on the crops of the heads of median and of lowest ` +
      `${measure} of each grade, with their ${measure}. `
    : "";
  const histogram = dice.length > 1 ? `Dice of all ${dice.length} heads that have a true outline.` : "";
  return {
    caption: (pictures + histogram).trim(),
    alt: [
      ...(examples.length > 0
        ? [`Crops of heads with found ${both ? "and true " : ""}outlines, up to two for each grade`]
        : []),
      ...(dice.length > 1 ? [`Histogram of Dice of ${dice.length} heads`] : []),
    ].join("; "),
  };
}

function rowsOf({ heads }: OpenStudy): StudyFigure["rows"] {
  return heads.map(({ headId, grade, confidence, dice }) => ({ headId, grade, confidence, dice }));
}

interface Example {
  readonly head: HeadRecord;
  readonly row: number;
  readonly src: string;
  readonly outlines: readonly GridOutline[];
}

async function examplesOf(record: OpenStudy, byDice: boolean): Promise<Example[]> {
  const { heads, path } = record;
  const value = (head: HeadRecord) => byDice ? head.dice : head.confidence;
  const known = heads.filter((head) => outlinesOf(record, head).length > 0 && Number.isFinite(value(head)));
  const found: Example[] = [];
  for (const grade of [0, 1, 2, 3, 4]) {
    const group = known.filter((head) => head.grade === grade).sort((a, b) => value(a) - value(b));
    const chosen = group.length > 1 ? [group[group.length >> 1], group[0]] : group;
    for (const [row, head] of chosen.entries()) {
      const src = await dataUrl(`${path}/${head.crop}`);
      if (src !== null) found.push({ head, row, src, outlines: outlinesOf(record, head) });
    }
  }
  return found;
}
