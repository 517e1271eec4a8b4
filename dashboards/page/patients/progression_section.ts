import { chartFrame } from "../chart/chart_frame.ts";
import { el } from "../ui/dom.ts";
import { fixed } from "../ui/format.ts";
import { framesOf, progressionDistance, progressionFilm, progressionStrip } from "./progression_view.ts";
import { section } from "../ui/section.ts";
import type { Store } from "../state/store.ts";
import { summary } from "../chart/summaries.ts";

/** Section with the progression from grade 0 to 4: animation, distances and stills. */
export function progressionSection(store: Store): HTMLElement {
  const strip = progressionStrip(store);
  const distance = progressionDistance(store);
  return section(
    "progression",
    "From healthy to collapse",
    "A path through the latent space along the grades, decoded frame by frame. It is an interpolation of the model between the grades, not the course of any patient. Frames far from every head of the cohort are greyed.",
    el(
      "div",
      { class: "two even" },
      progressionFilm(store, distance.show),
      chartFrame({
        id: "film-distance",
        title: "Distance along the progression",
        caption:
          "Vertical line: the frame shown. Dotted: percentiles of the reference heads. Grey background: off the manifold (extrapolation).",
        body: distance.element,
        figure: distance.figure,
        table: () => frameTable(store),
        summary: summary(store, () => filmWords(store)),
      }),
    ),
    el(
      "div",
      { class: "spaced" },
      chartFrame({
        id: "progression",
        title: "Stills of the progression",
        caption:
          "Below each still: its position between the grades, distance from healthy, percentile among healthy heads, and distance to the nearest head of the cohort.",
        body: strip.element,
        figure: strip.figure,
        table: () => frameTable(store),
        summary: summary(
          store,
          () =>
            `${framesOf(store).length} frames, ${
              framesOf(store).filter((f) => f.offManifold).length
            } of them off the manifold.`,
        ),
      }),
    ),
  );
}

function frameTable(store: Store) {
  return {
    columns: ["t", "grade", "distance", "percentile", "nearest_real_distance", "off_manifold"],
    rows: framesOf(store).map((
      f,
    ) => [f.t, f.grade, f.distance, f.percentile, f.nearestRealDistance, f.offManifold ? 1 : 0]),
  };
}

function filmWords(store: Store): string {
  const frames = framesOf(store);
  if (!frames.length) return "";
  const nearest = frames.map((f) => f.nearestRealDistance);
  return `From ${fixed(frames[0].distance)} at grade ${fixed(frames[0].grade, 0)} to ${
    fixed(frames.at(-1)!.distance)
  } at grade ${fixed(frames.at(-1)!.grade, 0)}; the nearest head of the cohort is ${
    fixed(Math.min(...nearest))
  } to ${fixed(Math.max(...nearest))} away.`;
}
