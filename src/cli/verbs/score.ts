import { withFilms } from "../call/film_paths.ts";
import { eachFile } from "../call/each_file.ts";
import { SHARED } from "../call/shared_options.ts";
import type { Verb } from "../call/verb.ts";

export const score: Verb = {
  name: "score",
  args: "PATH...",
  count: [1, Infinity],
  summary:
    "Scores how far each femoral head on a film is from healthy: distance, percentile, nearest grades.",
  details:
    "The percentile is the head's rank among the held-out healthy heads of the reference cohort, which every score names. " +
    "A PATH may also be a folder or a ZIP archive of films. Pixel values are used after the modality transform; a display (VOI) window is not applied, because each crop is scaled by " +
    "its own quantiles. Research and teaching only, not a medical device.",
  options: { models: SHARED.models, device: SHARED.device },
  example: [
    "caput score film.dcm",
    "caput score films --json --device cpu",
    "caput score films.zip",
  ],
  run: (call) =>
    withFilms(call, async (call) => {
      const caput = await import("../../mod.ts");
      const { models: folder, device } = call.options as Record<string, string | undefined>;
      const models = await caput.loadModels(folder === undefined ? undefined : call.resolve(folder), {
        device: device as "auto" | undefined,
      });
      const { reference } = models.normative;
      call.note(`Device: ${models.deviceReason}.`);
      call.note(
        `Reference: ${reference.n} ${reference.name} (${reference.kind}). Research and teaching only.`,
      );
      return await eachFile(call, {
        label: "films",
        unusable: "without a usable head",
        read: (path) => caput.readRadiograph(path),
        work: async (film) => {
          const scored = await caput.scoreFilm(film, models);
          const lines = scored.heads.flatMap((head) => {
            const [low, high] = head.percentileInterval;
            const grades = head.nearestGrades.slice(0, 2).map(({ grade, share }) =>
              `${grade} (${Math.round(100 * share)} %)`
            );
            return [
              `${head.side} head: distance ${head.distance.toFixed(2)}, percentile ${
                head.percentile.toFixed(1)
              } (95 %: ${low.toFixed(1)} to ${high.toFixed(1)}), residual ${head.residual.toFixed(2)}`,
              ...grades.length > 0 ? [`  nearest grades: ${grades.join(", ")}`] : [],
              ...head.outOfDomain
                ? [
                  "  out of domain: this head differs from the reference cohort, so its scores may be unreliable",
                ]
                : [],
              ...head.quality.length > 0 ? [`  ${head.quality.join(" ")}`] : [],
            ];
          });
          const usable = scored.heads.length > 0;
          return { record: caput.scoreJson(scored, models), lines: [...lines, ...scored.quality], usable };
        },
      });
    }),
};
