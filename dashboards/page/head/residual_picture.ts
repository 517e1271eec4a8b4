import type { PageStudy } from "../state/page_study.ts";
import { el } from "../ui/dom.ts";
import { pictureUrl } from "../ui/show_picture.ts";

/**
 * Colour scale of residuals: blue where the crop is darker than expected, white where it is as expected, red where it
 * is brighter; z from -5 to +5, the same for every head.
 */
const STOPS = [[33, 84, 145], [120, 170, 208], [245, 245, 243], [222, 143, 104], [158, 42, 43]];

/**
 * Cache of coloured residuals, so that a head card that is redrawn (for example for print) shows its images at once.
 */
const coloured = new Map<string, ImageData>();
const MOST_CACHED = 60;

/** Draws a stored residual (grey 0 to 255 for z = -5 to +5) in the colour scale of residuals. */
export function residualPicture(
  source: string,
  alt: string,
  study: Pick<PageStudy, "fetchPicture"> = { fetchPicture: null },
): HTMLCanvasElement {
  const canvas = el("canvas", { width: 128, height: 128, role: "img", "aria-label": alt });
  const known = coloured.get(source);
  if (known) {
    canvas.getContext("2d")!.putImageData(known, 0, 0);
    return canvas;
  }
  const image = new Image();
  image.onload = () => {
    const context = canvas.getContext("2d", { willReadFrequently: true })!;
    context.drawImage(image, 0, 0, 128, 128);
    const picture = context.getImageData(0, 0, 128, 128);
    for (let i = 0; i < picture.data.length; i += 4) picture.data.set(residualColour(picture.data[i]), i);
    context.putImageData(picture, 0, 0);
    if (coloured.size >= MOST_CACHED) coloured.delete(coloured.keys().next().value!);
    coloured.set(source, picture);
  };
  pictureUrl(study, source).then((url) => (image.src = url), () => canvas.setAttribute("data-missing", ""));
  return canvas;
}

/** Colour of a stored grey value. */
export function residualColour(grey: number): [number, number, number] {
  const at = (grey / 255) * (STOPS.length - 1);
  const k = Math.min(STOPS.length - 2, Math.floor(at));
  return [0, 1, 2].map((c) => STOPS[k][c] + (STOPS[k + 1][c] - STOPS[k][c]) * (at - k)) as [
    number,
    number,
    number,
  ];
}
