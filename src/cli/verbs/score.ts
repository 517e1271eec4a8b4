import { withFilms } from "../call/film_paths.ts";
import { domainWords } from "../call/domain_words.ts";
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
    "The distance is the primary measure; residual and combined score are shown next to it. The percentile is the head's rank among held-out " +
    "heads of a reference, which is named on every score: the real heads of models/real, which are assumed healthy, or those of --models DIR. " +
    "For a synthetic film, use the synthetic reference: --models models. " +
    "A PATH may also be a folder or a ZIP archive of films. Values are taken after the modality transform; a VOI window of the file is not applied, because each crop is scaled " +
    "by its own quantiles. Research and teaching only, not a medical device.",
  options: {
    models: {
      ...SHARED.models,
      help:
        "folder of models and plan.json (default: models/real that comes with Caput; models for synthetic films)",
    },
    device: SHARED.device,
  },
  example: [
    "caput score film.dcm",
    "caput score films --json --device cpu",
    "caput score films.zip",
  ],
  run: (call) =>
    withFilms(call, async (call) => {
      const caput = await import("../../mod.ts");
      const { models: folder, device } = call.options as Record<string, string | undefined>;
      const models = await caput.loadModels(
        folder === undefined ? await caput.modelsForFilms() : call.resolve(folder),
        {
          device: device as "auto" | undefined,
        },
      );
      const { reference } = models.normative;
      call.note(`Device: ${models.deviceReason}.`);
      call.note(`Percentiles are among ${caput.referenceWords(reference)}. Research and teaching only.`);
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
              } (95 %: ${low.toFixed(1)} to ${high.toFixed(1)}) among ${caput.referenceWords(reference)}`,
              `  also: residual ${head.residual.toFixed(2)}, combined ${
                head.combined.toFixed(2)
              } (0 is a typical healthy head)`,
              grades.length > 0
                ? `  nearest grades: ${grades.join(", ")}`
                : "  nearest grades: none, because the heads of this reference have no grades",
              ...head.outOfDomain
                ? [
                  `  out of domain: this head differs from the reference cohort (${
                    domainWords(head.outOfDomainReasons)
                  }), so its scores may be unreliable`,
                ]
                : [],
              ...caput.qualityWords(head.quality).map((line) => `  ${line}`),
            ];
          });
          const usable = scored.heads.length > 0;
          return {
            record: caput.scoreJson(scored, models),
            lines: [...lines, ...caput.qualityWords(scored.quality)],
            usable,
          };
        },
      });
    }),
};
