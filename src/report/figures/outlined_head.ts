import type { FigureSvg } from "../../figures/plot_svg.ts";
import { type GridOutline, type GridPicture, pictureGrid } from "../../figures/picture_grid.ts";
import { dataUrl } from "../read/data_url.ts";
import type { HeadRecord, OpenStudy } from "../read/read_study.ts";

/**
 * Prepares one head's crop with the outline that was found (yellow) and, if it is known, the reference outline (white,
 * dashed). Returns a function that draws the crop and its outlines; `show` and the positions of `slider` accept it. If
 * the study has no outline of this head, the crop alone is drawn.
 *
 * @param options.width Width in CSS pixels. @default {320}
 * @throws {Error} if the image of the crop is not in the study folder.
 */
export async function outlinedHead(
  study: OpenStudy,
  head: HeadRecord,
  { width = 320 }: { width?: number } = {},
): Promise<(document: Document) => FigureSvg> {
  const src = await dataUrl(`${study.path}/${head.crop}`);
  if (src === null) throw new Error(`Cannot draw the head: ${head.crop} is not in the study folder`);
  const pictures: GridPicture[] = [{ src, row: 0, column: 0, outlines: outlinesOf(study, head) }];
  const ariaLabel = `Crop of a head of grade ${head.grade} with its outline`;
  return (document) => pictureGrid(pictures, { document, width, ariaLabel });
}

/** The found outline of a head in its crop, and its reference outline if there is one; empty if the study has no outline of it. */
export function outlinesOf(
  { outlines, study }: OpenStudy,
  head: Pick<HeadRecord, "headId">,
): GridOutline[] {
  const known = outlines[head.headId], halfSide = Number(study.plan?.crop?.halfSideRadii);
  if (!known || !(halfSide > 0)) return [];
  const found = { points: pointsOf(known.found, halfSide) };
  return known.truth ? [found, { points: pointsOf(known.truth, halfSide), dashed: true }] : [found];
}

/**
 * Converts an outline to points in fractions of the crop's side. The outline is stored as distances from the centre at
 * equal angles, in thousandths of the head's radius; half the crop's side is `halfSideRadii` radii.
 */
function pointsOf(rays: readonly number[], halfSideRadii: number): GridOutline["points"] {
  return rays.map((length, k) => {
    const angle = 2 * Math.PI * k / rays.length, r = length / 1000 / (2 * halfSideRadii);
    return [0.5 + r * Math.cos(angle), 0.5 + r * Math.sin(angle)] as const;
  });
}
