import { parseRadiograph } from "../../radiograph/parse_radiograph.ts";
import { RadiographError } from "../../radiograph/guard/radiograph_error.ts";
import { encodePng } from "../../image/encode_png.ts";
import { outlinePoints } from "../../segmentation/outline/surface_distance.ts";
import { encodeCrop } from "../../vae/encode_crops.ts";
import { explainScore, scoreFilm } from "./score_film.ts";
import { filmForDisplay } from "./draw_overlay.ts";
import type { Models } from "../models/model_set.ts";
import { cropToBytes } from "../measure/crop_bytes.ts";
import { scoreJson } from "./score_json.ts";
import { isInputError } from "../../input_error.ts";

const base64 = (bytes: Uint8Array) => bytes.toBase64();

/** Maximum of the longer side of the film as shown on the page, in pixels. */
const PAGE_PX = 800;

/** Points of an outline in order around its centre, thinned to fewer than 360 points. */
function outlineAround(head: Parameters<typeof outlinePoints>[0] & { centerPx: readonly [number, number] }) {
  const points = outlinePoints(head); // [n, 2]
  const [cx, cy] = head.centerPx;
  const round = Array.from(
    { length: points.length / 2 },
    (_, i) => [points[2 * i], points[2 * i + 1]] as [number, number],
  )
    .sort((a, b) => Math.atan2(a[1] - cy, a[0] - cx) - Math.atan2(b[1] - cy, b[0] - cx));
  const step = Math.max(1, Math.floor(round.length / 180));
  return round.filter((_, i) => i % step === 0);
}

/**
 * Returns a function that scores a film that was dropped on the page. Its result is the object of `caput score --json`
 * with images of the film and of each head; coordinates are pixels of the film after resampling to square pixels. If
 * the film cannot be used, the result has an `error` with code, message and fix.
 *
 * @param options.onStage called with the next stage, as text for a status line
 * @param options.map models of the study that the page shows, if other than `models`: `latent` is then encoded by their
 * encoder, so that the head can be placed on the study's map
 */
export function liveScorer(
  models: Models,
  { map = models, onStage }: { map?: Pick<Models, "encoder">; onStage?: (stage: string) => void } = {},
): (bytes: Uint8Array, name: string) => Promise<object> {
  return async (bytes, name) => {
    try {
      onStage?.("reading the film");
      const radiograph = await parseRadiograph(bytes);
      onStage?.("outlining and measuring the heads");
      const score = await scoreFilm(radiograph, models);
      onStage?.("drawing");
      const { widthPx, heightPx, grey } = filmForDisplay(radiograph, { longestPx: PAGE_PX });
      // Without `pixelAspect`, coordinates are those of the resampled film, which the page shows.
      const json = scoreJson({ ...score, pixelAspect: undefined }, models);
      const heads = [];
      for (const [i, head] of score.heads.entries()) {
        const { crop, explained } = await explainScore(head, models);
        const sizePx = crop.sizePx;
        const picture = (samples: Uint8Array) =>
          base64(encodePng({ widthPx: sizePx, heightPx: sizePx, samples }));
        heads.push({
          ...json.heads[i],
          latent: Array.from((map === models ? head.latent : await encodeCrop(crop, map.encoder)).mean),
          outline: outlineAround(head),
          crop: picture(cropToBytes(crop)),
          reconstruction: picture(explained.reconstruction),
          residualMap: picture(explained.residualPicture),
        });
      }
      const png = base64(encodePng({ widthPx, heightPx, samples: grey }));
      return {
        file: name,
        ...json,
        heads,
        film: { png, widthPx: radiograph.widthPx, heightPx: radiograph.heightPx },
      };
    } catch (error) {
      const known = error instanceof RadiographError || isInputError(error);
      const { code = "unusable", fix = "" } = error as { code?: string; fix?: string };
      const message = known ? (error as Error).message : "The film could not be scored";
      return { file: name, heads: [], quality: [], error: { code, message, fix } };
    }
  };
}
