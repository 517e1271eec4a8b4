import type { FilmSize, SidedMask } from "./boxed_mask.ts";
import { HEAD_NAMES, sideOfName } from "./label_map.ts";
import { maskPolygon } from "./mask_polygon.ts";
import { type Corner, polygonMask } from "./polygon_mask.ts";

/** Number of corners of the polygon for a circle. */
const CIRCLE_CORNERS = 180;

/**
 * Writes a film's heads in LabelMe's format, one file per film. Each polygon is the outer border of a mask's first
 * component.
 */
export function encodeLabelMe(
  heads: readonly SidedMask[],
  film: FilmSize & { readonly name: string },
): string {
  const shapes = heads.map((head) => ({
    label: HEAD_NAMES[head.side],
    points: maskPolygon(head),
    group_id: null,
    shape_type: "polygon",
    flags: {},
  }));
  return `${
    JSON.stringify({
      version: "5.4.1",
      flags: {},
      shapes,
      imagePath: film.name,
      imageData: null,
      imageHeight: film.heightPx,
      imageWidth: film.widthPx,
    })
  }\n`;
}

/** Whether a parsed JSON file looks like a LabelMe file. */
export function isLabelMe(value: unknown): boolean {
  return Array.isArray((value as { shapes?: unknown } | null)?.shapes);
}

/**
 * Reads the heads of a parsed LabelMe file from its polygons and circles.
 *
 * @throws {SyntaxError} if it is not a LabelMe file, or a shape is neither a polygon of at least 3 finite points nor a
 * circle.
 */
export function decodeLabelMe(value: unknown): FilmSize & { readonly heads: SidedMask[] } {
  const { shapes, imageWidth, imageHeight } = value as Record<string, unknown>;
  const size = { widthPx: Number(imageWidth), heightPx: Number(imageHeight) };
  if (!isLabelMe(value) || !(size.widthPx > 0 && size.heightPx > 0)) {
    throw new SyntaxError("A LabelMe file must have shapes, imageWidth and imageHeight");
  }
  const heads = (shapes as Record<string, unknown>[]).flatMap((shape) => {
    const boxed = polygonMask(cornersOf(shape), size);
    return boxed ? [{ side: sideOfName(String(shape.label ?? "")), ...boxed }] : [];
  });
  return { ...size, heads };
}

function cornersOf({ points, shape_type: type = "polygon" }: Record<string, unknown>): Corner[] {
  const valid = Array.isArray(points) &&
    points.every((point) => Array.isArray(point) && point.length === 2 && point.every(Number.isFinite));
  if (valid && type === "polygon" && points.length >= 3) return points as Corner[];
  if (valid && type === "circle" && points.length === 2) {
    const [[cx, cy], [x, y]] = points as Corner[], radius = Math.hypot(x - cx, y - cy);
    return Array.from({ length: CIRCLE_CORNERS }, (_, k) => {
      const angle = 2 * Math.PI * k / CIRCLE_CORNERS;
      return [cx + radius * Math.cos(angle), cy + radius * Math.sin(angle)] as const;
    });
  }
  throw new SyntaxError(
    `A shape must be a polygon of 3 or more finite points, or a circle of 2 (its type is ${String(type)})`,
  );
}
