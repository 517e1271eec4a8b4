import type { Camera } from "./camera.ts";
import type { Sheet } from "../sheet/path_length.ts";
import type { Hip } from "../patient/patient.ts";
import type { Placement } from "./place_bones.ts";
import { grainAt } from "./trabeculae.ts";

/** Length of the overlap of [a, b] and [c, d]. */
const overlap = (a: number, b: number, c: number, d: number) => Math.max(0, Math.min(b, d) - Math.max(a, c));

/**
 * Adds the effect of a lesion on the density of the head: necrotic bone inside a sphere centred on the surface, a
 * sclerotic shell around it, cysts with thin walls, and the crescent, a gap under the joint surface. Chord lengths
 * along z are computed in closed form.
 *
 * @param options.spongyDensity attenuation of the head's marrow space per mm
 */
export function addLesion(film: Sheet, hip: Hip, { camera, place, spongyDensity }: {
  camera: Camera;
  place: Placement;
  spongyDensity: number;
}): void {
  const lesion = hip.lesion;
  if (!lesion) return;
  const p = new Float64Array(3), R = hip.headRadiusMm;
  const center = project(place, camera, p, [0, 0, 0]);
  const scale = camera.scaleAt(center[2]), mm = 1 / scale;
  const local = (v: readonly number[]) => {
    const q = project(place, camera, p, [v[0] * 24, v[1] * 24, v[2] * 24]);
    return [(q[0] - center[0]) * mm, (q[1] - center[1]) * mm, q[2] - center[2]];
  };
  const [lx, ly, lz] = local(lesion.direction);
  const ball = 2 * R * Math.sin(lesion.arcDeg * Math.PI / 720), rim = ball + lesion.rimMm;
  const gapOuter = R - 1.6 - lesion.collapseMm * 0.5, gapInner = gapOuter - lesion.crescentMm;
  const dead = lesion.deadDensity * spongyDensity, sclerosis = lesion.rimDensity * spongyDensity;
  const seed = 40 + 300 * Math.abs(lesion.direction[0]);
  const cysts = lesion.cysts.map(([a, b, c, r]) => [...local([a, b, c]), r * R]);
  const { widthPx: w, heightPx: h, values } = film, reach = R * scale;
  for (let y = Math.max(0, Math.ceil(center[1] - reach)); y <= Math.min(h - 1, center[1] + reach); y++) {
    for (let x = Math.max(0, Math.ceil(center[0] - reach)); x <= Math.min(w - 1, center[0] + reach); x++) {
      const px = (x - center[0]) * mm, py = (y - center[1]) * mm, r2 = px * px + py * py;
      if (r2 >= R * R) continue;
      const half = Math.sqrt(R * R - r2);
      // Real lesions are not spheres: the border is irregular and the inside is mottled.
      const wander = 1 + 0.05 * grainAt(px * 0.16 + seed, py * 0.16),
        mottle = 1 + 0.45 * grainAt(px * 0.5, py * 0.5 + seed);
      const d2 = ((px - lx) ** 2 + (py - ly) ** 2) * wander * wander;
      let add = 0;
      if (d2 < rim * rim) {
        const outer = Math.sqrt(rim * rim - d2), inner = d2 < ball * ball ? Math.sqrt(ball * ball - d2) : 0;
        const inDead = inner > 0 ? overlap(lz - inner, lz + inner, -half, half) : 0;
        add += dead * mottle * inDead +
          sclerosis * (0.75 + 0.25 * mottle) * (overlap(lz - outer, lz + outer, -half, half) - inDead);
        if (lesion.crescentMm > 0 && inner > 0 && r2 < gapOuter * gapOuter) {
          const o = Math.sqrt(gapOuter * gapOuter - r2),
            i = r2 < gapInner * gapInner ? Math.sqrt(gapInner * gapInner - r2) : 0;
          const gap = overlap(-o, -i, lz - inner, lz + inner) + overlap(i, o, lz - inner, lz + inner);
          add -= 1.6 * spongyDensity * gap;
        }
      }
      for (const [a, b, , r] of cysts) {
        const e2 = (px - a) ** 2 + (py - b) ** 2, wall = r + 0.8;
        if (e2 < wall * wall) {
          const inside = e2 < r * r ? Math.sqrt(r * r - e2) : 0;
          add += spongyDensity * (-1.8 * inside + 2 * (Math.sqrt(wall * wall - e2) - inside));
        }
      }
      values[y * w + x] += add;
    }
  }
}

function project(
  place: Placement,
  camera: Camera,
  p: Float64Array,
  v: readonly number[],
): [number, number, number] {
  p.set(v);
  place(p);
  return camera.project(p[0], p[1], p[2]);
}
