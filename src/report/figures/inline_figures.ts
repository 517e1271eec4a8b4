import type { PStyle } from "../../stats/format/format_p.ts";
import type { OpenStudy } from "../read/read_study.ts";
import { escapeHtml } from "../render/html_table.ts";
import { figureSet } from "./figure_set.ts";
import { drawAt } from "./write_figures.ts";

/** Place of each figure in the report: title of the text and heading of the section. */
const PLACES: Readonly<Record<string, string>> = {
  cohort_flow: "Methods/Cohort",
  reconstructions: "Methods/Deviation",
  latent_map: "Methods/Map",
  qq: "Methods/Deviation",
  segmentation: "Results/Outlines",
  deviation_histograms: "Results/Cohort",
  distance_by_grade: "Results/All grades",
  estimation: "Results/Pairs of grades",
  pair_matrix: "Results/Pairs of grades",
  roc: "Results/Separating each grade from healthy",
  progression: "Results/All grades",
  staging: "Results/Staging",
};
/** Width of the figures: two columns of a journal. */
const WIDTH_MM = 174;

/**
 * The study's figures as HTML, each with number, caption and alt text. The keys of the map are sections, as
 * "title/heading"; the values are the figures of the section.
 */
export async function inlineFigures(record: OpenStudy, pStyle: PStyle): Promise<Map<string, string[]>> {
  const places = new Map<string, string[]>();
  for (const [i, figure] of (await figureSet(record, { pStyle })).entries()) {
    const { svg } = await drawAt(figure, WIDTH_MM);
    const source = `data:image/svg+xml;base64,${new TextEncoder().encode(svg).toBase64()}`;
    const place = PLACES[figure.name] ?? "Results/Cohort";
    places.set(place, [
      ...places.get(place) ?? [],
      `<figure id="figure-${figure.name}"><img src="${source}" alt="${escapeHtml(figure.alt)}">` +
      `<figcaption><b>Figure ${i + 1}.</b> ${escapeHtml(figure.caption)}</figcaption></figure>`,
    ]);
  }
  return places;
}
