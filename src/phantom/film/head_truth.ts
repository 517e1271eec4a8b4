import type { Camera } from "../body/camera.ts";
import { HEAD_RADIUS } from "../bones/femur_solid.ts";
import { headDirection, RINGS, SPOKES } from "../bones/head_radii.ts";
import { headShape } from "../body/head_shape.ts";
import { addPathLength, sheet } from "../sheet/path_length.ts";
import type { Hip } from "../patient/patient.ts";
import type { Placement } from "../body/place_bones.ts";

/** The true outline of one natural head. */
export interface HeadTruth {
  /** The patient's side. */
  readonly side: "right" | "left";
  /** The grade, 0 to 4. */
  readonly grade: number;
  /** Centre of the healthy sphere on the film, px. */
  readonly centerPx: readonly [number, number];
  /** Radius of the healthy sphere on the film, px. */
  readonly radiusPx: number;
  /** Box of the outline on the film; empty (0 x 0) if the head is off the film. */
  readonly boxPx: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  /** The outline as a mask, 1 inside. */
  readonly mask: Uint8Array; // [box.height, box.width], 0 or 1
  /** True if the whole outline is on the film; it may still be covered by the collimator. */
  readonly complete: boolean;
  /** Share of the outline's area that is on the film, 0 to 1. */
  readonly visible: number;
  /** Findings at this hip, such as `dysplasia`; `border` if part of the head is off the film. */
  readonly labels: readonly string[];
}

const SPHERE = sphereTriangles();

function sphereTriangles(): Uint32Array {
  const t: number[] = [];
  for (let i = 0; i < RINGS; i++) {
    for (let j = 0; j < SPOKES; j++) {
      const a = i * SPOKES + j, b = i * SPOKES + (j + 1) % SPOKES;
      t.push(a, b, a + SPOKES, b, b + SPOKES, a + SPOKES);
    }
  }
  return Uint32Array.from(t);
}

/**
 * The true outline of a head: the projection of its surface, with any flattening that disease has caused, but without
 * osteophytes and cam deformity. Where the head continues into the neck, its sphere closes the surface.
 *
 * @param options.radii distance from the centre to the surface of the femur template's head in each direction, mm
 */
export function headTruth(
  hip: Hip,
  { radii, place, camera }: { radii: Float32Array; place: Placement; camera: Camera },
): HeadTruth {
  const shape = headShape(hip), round = headShape({ ...hip, cam: 0 });
  const points = new Float32Array((RINGS + 1) * SPOKES * 3), p = new Float64Array(3);
  let x0 = Infinity, x1 = -Infinity, y0 = Infinity, y1 = -Infinity;
  for (let i = 0, k = 0; i <= RINGS; i++) {
    for (let j = 0; j < SPOKES; j++, k += 3) {
      const [dx, dy, dz] = headDirection(i, j);
      // Osteophytes and cam deformities do not count as head.
      const most = HEAD_RADIUS * Math.min(round(dx, dy, dz), 1.03) / shape(dx, dy, dz);
      const r = Math.min(radii[k / 3], most);
      p[0] = dx * r, p[1] = dy * r, p[2] = dz * r;
      place(p);
      const q = camera.project(p[0], p[1], p[2]);
      points.set(q, k);
      x0 = Math.min(x0, q[0]), x1 = Math.max(x1, q[0]), y0 = Math.min(y0, q[1]), y1 = Math.max(y1, q[1]);
    }
  }
  p.fill(0);
  place(p);
  const [cx, cy, depth] = camera.project(p[0], p[1], p[2]);
  const bx = Math.floor(x0) - 1, by = Math.floor(y0) - 1;
  const whole = sheet(Math.ceil(x1) + 2 - bx, Math.ceil(y1) + 2 - by);
  for (let k = 0; k < points.length; k += 3) points[k] -= bx, points[k + 1] -= by;
  addPathLength(whole, points, SPHERE);
  const x = Math.max(0, bx), y = Math.max(0, by);
  const width = Math.max(0, Math.min(camera.widthPx, bx + whole.widthPx) - x);
  const height = Math.max(0, Math.min(camera.heightPx, by + whole.heightPx) - y);
  const mask = new Uint8Array(width * height);
  let seen = 0, all = 0;
  for (const v of whole.values) if (Math.abs(v) > 0.02) all++;
  for (let j = 0; j < height; j++) {
    for (let i = 0; i < width; i++) {
      const on = Math.abs(whole.values[(j + y - by) * whole.widthPx + i + x - bx]) > 0.02 ? 1 : 0;
      mask[j * width + i] = on;
      seen += on;
    }
  }
  const visible = all > 0 ? seen / all : 0;
  return {
    side: hip.side,
    grade: hip.grade,
    centerPx: [cx, cy],
    radiusPx: hip.headRadiusMm * camera.scaleAt(depth),
    boxPx: { x, y, width: visible > 0 ? width : 0, height: visible > 0 ? height : 0 },
    mask: visible > 0 ? mask : new Uint8Array(0),
    complete: visible > 0.999,
    visible,
    labels: labels(hip, visible),
  };
}

function labels(hip: Hip, visible: number): string[] {
  const out: string[] = [];
  if (visible < 0.999) out.push("border");
  if (hip.fracture !== "none") out.push(`fracture-${hip.fracture}`);
  if (hip.hardware !== "none") out.push(hip.hardware);
  if (hip.shallow > 0.5) out.push("dysplasia");
  if (hip.osteophytes > 0.3 && hip.grade < 4) out.push("osteoarthritis");
  return out;
}
