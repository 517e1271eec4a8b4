import { flowFigure, histogramFigure, mapFigure, qqFigure } from "./cohort_figures.ts";
import {
  estimationFigure,
  matrixFigure,
  rainFigure,
  rocFigure,
  stagingFigure,
} from "./comparison_figures.ts";
import type { PStyle } from "../../stats/format/format_p.ts";
import { progressionFigure, reconstructionFigure } from "./picture_figures.ts";
import type { OpenStudy } from "../read/read_study.ts";
import { segmentationFigure } from "./segmentation_figure.ts";
import type { StudyFigure } from "./study_figure.ts";

/**
 * All figures of a study, in the order of a paper. A figure whose data the study does not contain (Dice without
 * reference outlines, a progression without two grades) is omitted.
 */
export async function figureSet(
  record: OpenStudy,
  { pStyle = "apa" }: { pStyle?: PStyle } = {},
): Promise<StudyFigure[]> {
  const heldOut = record.heads.filter((head) => head.split === "held-out" && head.grade >= 0);
  const { cohort, reference } = record.study;
  const kind = cohort.kind === "synthetic"
    ? `Synthetic cohort${reference.kind === "synthetic" ? "" : ", real reference"}. `
    : reference.kind === "synthetic"
    ? "Real cohort, synthetic reference. "
    : "";
  const figures = [
    flowFigure(record),
    await segmentationFigure(record),
    await reconstructionFigure(record),
    mapFigure(record.heads),
    rainFigure(record, { heldOut, pStyle }),
    estimationFigure(record, pStyle),
    rocFigure(record, heldOut),
    await progressionFigure(record),
    qqFigure(heldOut, record.heads),
    histogramFigure(heldOut, record.heads),
    matrixFigure(record, pStyle),
    stagingFigure(record),
  ];
  return figures.filter((figure) => figure !== null).map((figure) => ({
    ...figure,
    caption: kind + figure.caption,
  }));
}
