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
 * All figures of a study, in the order in which the report shows them (methods, then results). A figure whose data the
 * study does not contain (for example the progression, which needs two grades) is omitted.
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
    await reconstructionFigure(record),
    qqFigure(heldOut, record.heads),
    mapFigure(record.heads),
    histogramFigure(heldOut, record.heads),
    await segmentationFigure(record),
    rainFigure(record, { heldOut, pStyle }),
    await progressionFigure(record),
    estimationFigure(record, pStyle),
    matrixFigure(record, pStyle),
    rocFigure(record, heldOut),
    stagingFigure(record),
  ];
  return figures.filter((figure) => figure !== null).map((figure) => ({
    ...figure,
    caption: kind + figure.caption,
  }));
}
