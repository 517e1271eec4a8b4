import { escapeHtml } from "../render/html_table.ts";
import type { FrameRecord, OpenStudy } from "../read/read_study.ts";
import { renderPng } from "../render/render_png.ts";
import { InputError } from "../../input_error.ts";

/** Side of an image and height of the text below it, in pixels. */
const SIDE_PX = 384, FOOT_PX = 76;
/** Duration of a frame in milliseconds; the first and the last one are shown for longer. */
const FRAME_MS = 140, END_FRAME_MS = 1400;

/** One image of an animation and its duration. */
export interface FilmFrame {
  readonly png: Uint8Array<ArrayBuffer>;
  readonly durationMs: number;
}

/**
 * The frames of the progression: images decoded along a path through the latent space, from grade to grade. Each is
 * labelled with position, distance, percentile, and its distance to the nearest head of the cohort. A frame off the
 * manifold (no head of the cohort is near) is dimmed, and its label says so instead of the distance to the nearest
 * head.
 *
 * @throws {InputError} if the study has no progression.
 */
export async function filmFrames({ frames, path, study }: OpenStudy): Promise<FilmFrame[]> {
  if (frames.length === 0) {
    throw new InputError(
      "Cannot make the animation: the study has no progression (it must have heads of at least two grades)",
    );
  }
  const synthetic = study.cohort.kind === "synthetic";
  return await Promise.all(frames.map(async (frame, i) => {
    const picture = (await Deno.readFile(`${path}/${frame.image}`)).toBase64();
    return {
      png: renderPng(stamped(frame, { picture, synthetic }), { scale: 1 }),
      durationMs: i === 0 || i === frames.length - 1 ? END_FRAME_MS : FRAME_MS,
    };
  }));
}

function stamped(
  { grade, distance, percentile, nearestRealDistance, offManifold, image }: FrameRecord,
  { picture, synthetic }: { picture: string; synthetic: boolean },
): string {
  const text = (line: number, words: string) =>
    `<text x="10" y="${SIDE_PX + 20 + 22 * line}" font-family="DejaVu Sans" font-size="13" fill="#fff">${
      escapeHtml(words)
    }</text>`;
  const flag = offManifold
    ? "off the manifold: extrapolation"
    : `nearest head of the cohort ${nearestRealDistance.toFixed(1)} away`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE_PX}" height="${SIDE_PX + FOOT_PX}">` +
    `<rect width="100%" height="100%" fill="#000"/><image width="${SIDE_PX}" height="${SIDE_PX}" ` +
    `opacity="${offManifold ? 0.35 : 1}" href="data:image/png;base64,${picture}"><title>${
      escapeHtml(image)
    }</title></image>` +
    text(
      0,
      `position ${grade.toFixed(1)} on the scale of grades   distance ${distance.toFixed(1)}   percentile ${
        percentile.toFixed(0)
      }`,
    ) +
    text(1, flag) + text(2, `${synthetic ? "synthetic cohort; " : ""}research and teaching only`) + "</svg>";
}
