import type { Hip } from "../patient/patient.ts";
import { HEAD_RADIUS } from "../bones/femur_solid.ts";

/** Slope of the fovea (attachment of the round ligament); its depth is about 0.05 times this, in head radii. */
const FOVEA = 0.7;

/** Smooth step from 0 (t <= 0) to 1 (t >= 1). */
const smooth = (t: number) => t <= 0 ? 0 : t >= 1 ? 1 : t * t * (3 - 2 * t);

/**
 * Radius of the head surface in a direction, relative to the healthy radius. It includes ovality, cam deformity,
 * flattening or collapse over the lesion, and osteophytes at the rim. (dx, dy, dz) is a unit vector in the femur's
 * frame.
 */
export function headShape(hip: Hip): (dx: number, dy: number, dz: number) => number {
  const tilt = hip.ovalTiltDeg * Math.PI / 90, lesion = hip.lesion;
  const half = lesion ? lesion.arcDeg * Math.PI / 360 : 1;
  const collapse = lesion ? lesion.collapseMm / hip.headRadiusMm : 0;
  const shoulder = lesion ? 0.15 + 0.6 * lesion.step : 0;
  return (dx, dy, dz) => {
    let r = 1 + hip.ovality * Math.cos(2 * Math.atan2(dy, dx) - tilt);
    const pit = 0.82 * dx - 0.45 * dy - 0.3 * dz; // about -1 at the fovea
    if (pit < -0.93) r -= 0.07 * (-0.93 - pit) / 0.07 * FOVEA;
    if (hip.cam > 0) {
      const c = Math.acos(Math.max(-1, Math.min(1, 0.75 * dx - 0.35 * dy - 0.55 * dz)));
      r += 0.1 * hip.cam * Math.exp(-(c * c) / 0.18);
    }
    if (hip.osteophytes > 0) {
      const along = 0.766 * dx + 0.643 * dy; // towards the neck
      r += 0.13 * hip.osteophytes * Math.exp(-(((along - 0.35) / 0.16) ** 2)) *
        (0.6 - 0.5 * dy + 0.3 * Math.abs(dx));
    }
    if (lesion && collapse > 0) {
      const [lx, ly, lz] = lesion.direction;
      const angle = Math.acos(Math.max(-1, Math.min(1, dx * lx + dy * ly + dz * lz))) / half;
      const ragged = 1 + 0.25 * Math.sin(9 * dx + 5 * dz) * Math.sin(7 * dz - 4 * dy);
      r -= collapse * ragged * (1 - smooth((angle - shoulder) / (1.02 - shoulder)));
    }
    return r;
  };
}

/**
 * Moves a point of the template femur, in place, so that the head has the radius and shape of `hip`. The rest of the
 * bone is scaled by `bodyScale`, with a gradual transition along the neck.
 */
export function shapeHead(hip: Hip, bodyScale: number): (p: Float64Array) => void {
  const shape = headShape(hip);
  return (p) => {
    const [x, y, z] = p, r = Math.hypot(x, y, z);
    if (r > 44 || r < 1) {
      p[0] *= bodyScale, p[1] *= bodyScale, p[2] *= bodyScale;
      return;
    }
    const share = 1 - smooth((r - HEAD_RADIUS - 1) / 18); // 1 on the head, 0 down the neck
    if (share === 0) {
      p[0] *= bodyScale, p[1] *= bodyScale, p[2] *= bodyScale;
      return;
    }
    const headScale = hip.headRadiusMm / HEAD_RADIUS * shape(x / r, y / r, z / r);
    const k = share * headScale + (1 - share) * bodyScale;
    p[0] *= k, p[1] *= k, p[2] *= k;
  };
}
