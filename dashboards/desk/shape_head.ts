import { type BoxedMask, boxMask, type FilmSize } from "../../src/masks/boxed_mask.ts";
import { maskPolygon } from "../../src/masks/mask_polygon.ts";
import { type Corner, polygonMask } from "../../src/masks/polygon_mask.ts";

/** A circle on the desk (the page for correcting outlines), in film pixels; (0, 0) is the corner of the first pixel. */
export interface DeskCircle {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/** Number of rays that describe an outline, and number of handles among them. */
export const RAYS = 72, HANDLES = 24;
const PER_HANDLE = RAYS / HANDLES;

/** The circle with the centroid and the area of a mask. The mask must not be empty. */
export function circleOf({ boxPx, mask }: BoxedMask): DeskCircle {
  let x = 0, y = 0, n = 0;
  mask.forEach((bit, i) => {
    if (!bit) return;
    x += i % boxPx.width;
    y += Math.floor(i / boxPx.width);
    n++;
  });
  return { x: boxPx.x + x / n + 0.5, y: boxPx.y + y / n + 0.5, radius: Math.sqrt(n / Math.PI) };
}

/** Moves and scales an outline in the same way as its circle. */
export function followCircle(corners: readonly Corner[], from: DeskCircle, to: DeskCircle): Corner[] {
  const scale = to.radius / from.radius;
  return corners.map(([x, y]) => [to.x + scale * (x - from.x), to.y + scale * (y - from.y)]);
}

/** Length of each ray from a centre to the farthest pixel of a mask, within 0.5 px; 0 if the ray meets no pixel. */
export function raysOf({ boxPx, mask }: BoxedMask, { x, y }: DeskCircle): number[] {
  const reach = Math.hypot(boxPx.width, boxPx.height);
  return Array.from({ length: RAYS }, (_, k) => {
    const [dx, dy] = direction(k);
    for (let length = reach; length > 0; length -= 0.5) {
      const column = Math.floor(x + length * dx) - boxPx.x, row = Math.floor(y + length * dy) - boxPx.y;
      const inside = column >= 0 && row >= 0 && column < boxPx.width && row < boxPx.height;
      if (inside && mask[row * boxPx.width + column]) return length;
    }
    return 0;
  });
}

/** End points of the rays. */
export function rayEnds(rays: readonly number[], { x, y }: DeskCircle): Corner[] {
  return rays.map((length, k) => [x + length * direction(k)[0], y + length * direction(k)[1]]);
}

/**
 * Rays after a handle was dragged to a new length. Rays within two handles' distance follow, less with increasing
 * distance from the handle; every ray that moves becomes at least 1 px long.
 */
export function dragHandle(rays: readonly number[], handle: number, length: number): number[] {
  const at = handle * PER_HANDLE, change = Math.max(1, length) - rays[at], spread = 2 * PER_HANDLE;
  return rays.map((ray, k) => {
    const away = Math.abs((k - at + RAYS + RAYS / 2) % RAYS - RAYS / 2);
    return away >= spread ? ray : Math.max(1, ray + change * (1 + Math.cos(Math.PI * away / spread)) / 2);
  });
}

function direction(ray: number): [number, number] {
  const angle = 2 * Math.PI * ray / RAYS;
  return [Math.cos(angle), Math.sin(angle)];
}

/** A mask with a brush stroke added or erased; null if no pixel is left. */
export function paint(
  head: BoxedMask | null,
  { from, to, radius, erase, film }: {
    from: Corner;
    to: Corner;
    radius: number;
    erase: boolean;
    film: FilmSize;
  },
): BoxedMask | null {
  const grown = around(head, { from, to, radius, film });
  const { x: left, y: top, width, height } = grown.boxPx, value = erase ? 0 : 1;
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]], long = dx * dx + dy * dy || 1;
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const px = left + x + 0.5 - from[0], py = top + y + 0.5 - from[1];
      const along = Math.min(1, Math.max(0, (px * dx + py * dy) / long));
      if (Math.hypot(px - along * dx, py - along * dy) <= radius) grown.mask[i] = value;
    }
  }
  const tight = boxMask(grown.mask, { widthPx: width, heightPx: height });
  return tight &&
    { mask: tight.mask, boxPx: { ...tight.boxPx, x: tight.boxPx.x + left, y: tight.boxPx.y + top } };
}

/** A copy of a mask in a bounding box that also contains the stroke. */
function around(
  head: BoxedMask | null,
  { from, to, radius, film }: { from: Corner; to: Corner; radius: number; film: FilmSize },
): BoxedMask {
  const box = head?.boxPx;
  const left = Math.max(0, Math.floor(Math.min(from[0] - radius, to[0] - radius, box?.x ?? Infinity)));
  const top = Math.max(0, Math.floor(Math.min(from[1] - radius, to[1] - radius, box?.y ?? Infinity)));
  const right = Math.min(
    film.widthPx,
    Math.ceil(Math.max(from[0] + radius, to[0] + radius, box ? box.x + box.width : 0)),
  );
  const bottom = Math.min(
    film.heightPx,
    Math.ceil(Math.max(from[1] + radius, to[1] + radius, box ? box.y + box.height : 0)),
  );
  const width = Math.max(1, right - left), height = Math.max(1, bottom - top);
  const mask = new Uint8Array(width * height);
  for (let y = 0; box && y < box.height; y++) {
    const row = head!.mask.subarray(y * box.width, (y + 1) * box.width);
    mask.set(row, (box.y - top + y) * width + box.x - left);
  }
  return { boxPx: { x: left, y: top, width, height }, mask };
}

/** The mask inside an outline, or the old mask if no pixel centre of the film is inside the outline. */
export function fillOutline(corners: readonly Corner[], film: FilmSize, old: BoxedMask): BoxedMask {
  return polygonMask(corners, film) ?? old;
}

export { maskPolygon };
