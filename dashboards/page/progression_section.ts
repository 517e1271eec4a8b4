import { chartFrame } from "./chart_frame.ts";
import { framesOf, progressionFilm, progressionStrip } from "./progression_view.ts";
import { section } from "./section.ts";
import type { Store } from "./store.ts";
import { summary } from "./summaries.ts";

/** The film from grade 0 to 4 and its stills. */
export function progressionSection(store: Store): HTMLElement {
  const strip = progressionStrip(store);
  return section(
    "progression",
    "From healthy to collapse",
    "A path through the latent space along the grades, decoded frame by frame. No patient went this way: it is what the model makes of the way between them. Frames far from every real head are greyed.",
    progressionFilm(store),
    chartFrame({
      id: "progression",
      title: "Stills of the film",
      caption:
        "Under each still: place between the grades, distance d, percentile P, and distance to the nearest real head.",
      body: strip.element,
      figure: strip.figure,
      table: () => ({
        columns: ["t", "grade", "distance", "percentile", "nearest_real_distance", "off_manifold"],
        rows: framesOf(store).map((
          f,
        ) => [f.t, f.grade, f.distance, f.percentile, f.nearestRealDistance, f.offManifold ? 1 : 0]),
      }),
      summary: summary(
        store,
        () =>
          `${framesOf(store).length} frames, ${
            framesOf(store).filter((f) => f.offManifold).length
          } of them off the manifold.`,
      ),
    }),
  );
}
