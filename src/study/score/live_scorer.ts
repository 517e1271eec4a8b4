import { parseRadiograph } from "../../radiograph/parse_radiograph.ts";
import { RadiographError } from "../../radiograph/guard/radiograph_error.ts";
import { encodePng } from "../../image/encode_png.ts";
import { outlinePoints } from "../../segmentation/outline/surface_distance.ts";
import { encodeCrop } from "../../vae/encode_crops.ts";
import { explainScore, scoreFilm } from "./score_film.ts";
import { filmForEye } from "./draw_overlay.ts";
import type { Models } from "../models/model_set.ts";
import { cropToBytes } from "../measure/crop_bytes.ts";
import { scoreJson } from "./score_json.ts";
import { isInputError } from "../../input_error.ts";

const base64 = (bytes: Uint8Array) => bytes.toBase64();

/** Width of the film on the page in pixels. */
const PAGE_PX = 800;

/** Points of an outline in order round its centre, few enough to draw. */
function outlineRound(head: Parameters<typeof outlinePoints>[0] & { centerPx: readonly [number, number] }) {
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
 * Scores a film that was dropped on the page: the object of `caput score --json` with images of each head. A film that
 * cannot be used is an `error` with reason and fix.
 *
 * @param options.onStage Called with the next stage, as text for a status line.
 * @param options.map Models of the study on the page: `latent` is then the head's position in their latent space.
 * @default {models}
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
      const { widthPx, heightPx, grey } = filmForEye(radiograph, { longestPx: PAGE_PX });
      const json = scoreJson({ ...score, pixelAspect: undefined }, models); // places as on the film that is shown
      const heads = [];
      for (const [i, head] of score.heads.entries()) {
        const { crop, explained } = await explainScore(head, models);
        const sizePx = crop.sizePx;
        const picture = (samples: Uint8Array) =>
          base64(encodePng({ widthPx: sizePx, heightPx: sizePx, samples }));
        heads.push({
          ...json.heads[i],
          latent: Array.from((map === models ? head.latent : await encodeCrop(crop, map.encoder)).mean),
          outline: outlineRound(head),
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
