import { boxMask, type FilmSize, type SidedMask } from "./boxed_mask.ts";
import { HEAD_LABELS, HEAD_NAMES, sideOfName } from "./label_map.ts";
import { maskPolygon } from "./mask_polygon.ts";
import { type Corner, polygonMask } from "./polygon_mask.ts";
import type { Side } from "../types.ts";

/** One film and its heads. */
export interface CocoFilm extends FilmSize {
  readonly name: string;
  readonly heads: readonly SidedMask[];
}

/**
 * Writes films and heads as one COCO file (Lin et al. 2014, "Microsoft COCO"; instances with polygons). The polygon is
 * the outer border of a mask's first component.
 */
export function encodeCoco(films: readonly CocoFilm[]): string {
  const images = films.map(({ name, widthPx, heightPx }, i) => ({
    id: i + 1,
    file_name: name,
    width: widthPx,
    height: heightPx,
  }));
  const annotations = films.flatMap(({ heads }, i) => heads.map((head) => ({ head, image: i + 1 })))
    .map(({ head, image }, i) => {
      const { x, y, width, height } = head.boxPx;
      return {
        id: i + 1,
        image_id: image,
        category_id: HEAD_LABELS[head.side],
        segmentation: [maskPolygon(head).flat()],
        area: head.mask.reduce((sum, bit) => sum + bit, 0),
        bbox: [x, y, width, height],
        iscrowd: 0,
      };
    });
  const categories = (Object.keys(HEAD_LABELS) as Side[]).map((side) => ({
    id: HEAD_LABELS[side],
    name: HEAD_NAMES[side],
    supercategory: "bone",
  }));
  return `${JSON.stringify({ info: { description: "femoral heads" }, images, annotations, categories })}\n`;
}

/** Whether a parsed JSON file looks like a COCO file. */
export function isCoco(value: unknown): boolean {
  const { images, annotations } = (value ?? {}) as Record<string, unknown>;
  return Array.isArray(images) && Array.isArray(annotations);
}

/**
 * Reads the heads of each film from a parsed COCO file: polygons, and run-length masks, compressed or not.
 *
 * @throws {SyntaxError} if it is not a COCO file, or an outline cannot be read; {RangeError} if a polygon has fewer
 * than 3 corners, or one that is not finite.
 */
export function decodeCoco(value: unknown): CocoFilm[] {
  if (!isCoco(value)) throw new SyntaxError("A COCO file must have images and annotations");
  const { images, annotations, categories = [] } = value as Record<string, Record<string, unknown>[]>;
  const names = new Map(categories.map(({ id, name }) => [id, String(name)]));
  return images.map(({ id, file_name: name, width, height }) => {
    const size = { widthPx: Number(width), heightPx: Number(height) };
    if (!(size.widthPx > 0 && size.heightPx > 0)) {
      throw new SyntaxError("Every image of a COCO file must have width and height");
    }
    const heads = annotations.filter(({ image_id: image }) => image === id).flatMap((annotation) => {
      const boxed = boxMask(bitsOf(annotation.segmentation, size), size);
      return boxed ? [{ side: sideOfName(names.get(annotation.category_id) ?? ""), ...boxed }] : [];
    });
    return { name: String(name), ...size, heads };
  });
}

function bitsOf(outline: unknown, size: FilmSize): Uint8Array {
  const bits = new Uint8Array(size.widthPx * size.heightPx);
  if (Array.isArray(outline)) {
    for (const flat of outline as number[][]) {
      const corners: Corner[] = [];
      for (let i = 0; i + 1 < flat.length; i += 2) corners.push([flat[i], flat[i + 1]]);
      const part = polygonMask(corners, size);
      part?.mask.forEach((bit, i) => {
        const { x, y, width } = part.boxPx;
        if (bit) bits[(y + Math.floor(i / width)) * size.widthPx + x + i % width] = 1;
      });
    }
    return bits;
  }
  const { counts } = (outline ?? {}) as { counts?: number[] | string };
  const runs = typeof counts === "string" ? unpackCounts(counts) : counts;
  if (!Array.isArray(runs) || runs.reduce((sum, run) => sum + run, 0) !== bits.length) {
    throw new SyntaxError("An outline in a COCO file must be polygons, or runs that fill its image");
  }
  let at = 0;
  runs.forEach((length, k) => { // COCO counts runs column by column
    if (k % 2 === 1) {
      for (let i = at; i < at + length; i++) {
        bits[(i % size.heightPx) * size.widthPx + Math.floor(i / size.heightPx)] = 1;
      }
    }
    at += length;
  });
  return bits;
}

/**
 * Decodes COCO's compressed runs: 5 bits of a value per character, and a sixth bit that is set if more bits follow. From
 * the fourth value on, the difference from the value two places before is stored (maskApi.c).
 */
function unpackCounts(text: string): number[] {
  const counts: number[] = [];
  for (let at = 0; at < text.length;) {
    let value = 0, shift = 0, more = true;
    while (more && at < text.length) {
      const code = text.charCodeAt(at++) - 48;
      value |= (code & 0x1f) << shift;
      more = (code & 0x20) !== 0;
      shift += 5;
      if (!more && code & 0x10) value |= -1 << shift;
    }
    counts.push(counts.length > 2 ? value + counts[counts.length - 2] : value);
  }
  return counts;
}
