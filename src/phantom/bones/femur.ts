import type { Prng } from "../../array/seeded_prng.ts";
import type { BoneSubjects } from "./bone_model.ts";
import { type FemurSolid, femurSolid, HEAD_RADIUS } from "./femur_solid.ts";
import { type Mesh, meshSolid } from "./mesh.ts";
import { reshapeHead } from "./reshape_head.ts";
import type { Solid } from "./solid.ts";

/** Level of a fracture: `none`, `neck` (below the head), or `trochanter` (between the trochanters). */
export type Break = "none" | "neck" | "trochanter";

/** Level below the head at which the template's shaft ends, mm. */
const SHAFT_END = 330;

/** A template femur with its original head, or with a head changed by `reshapeHead`. */
export function femurShape(
  prng: Prng,
  { subjects, reshaped }: { subjects: BoneSubjects; reshaped: boolean },
): FemurSolid {
  const head = prng.fork("head"), { solid, shaftX } = femurSolid(prng, subjects);
  return { solid: reshaped ? reshapeHead(solid, head) : solid, shaftX };
}

/**
 * The surface of a template femur (in the frame of `femurSolid`); for a fractured femur, the surfaces of the fragment
 * with the head and of the distal fragment, in this order.
 */
export function femur(
  prng: Prng,
  { broken = "none" as Break, subjects = "training" as BoneSubjects, reshaped = false } = {},
): Mesh[] {
  const u = (lo: number, hi: number) => lo + (hi - lo) * prng();
  const { solid, shaftX } = femurShape(prng, { subjects, reshaped });
  const box: [number[], number[]] = [[-30, -42, -40], [shaftX + 42, SHAFT_END, 42]];
  const calcar = u(2, 4.5), wall = u(3.5, 7), thinness = u(0.15, 0.6), neckWall = u(1, 1.6);
  const level = 0.75 * shaftX; // approximately where the axes of neck and shaft meet
  const cortex = (x: number, y: number, z: number) => {
    const r = Math.hypot(x, y, z);
    if (r < HEAD_RADIUS + 1.5) return thinness;
    const down = ramp((y - level - 5) / 70);
    const medial = ramp((shaftX - x) / 25) * ramp((r - 25) / 12) * ramp((y + 5) / 20);
    return neckWall + (wall - neckWall) * down + (1 - down) * medial * (calcar - neckWall);
  };
  const angle = Math.atan2(shaftX, -level), sin = Math.sin(angle), cos = -Math.cos(angle);
  const plane = broken === "neck" ? u(16, 30) : u(50, 60), skew = u(-0.3, 0.3);
  const along: Solid = (x, y, z) =>
    broken === "neck"
      ? x * sin + y * cos - plane + skew * (x * cos - y * sin) + 1.5 * Math.sin(0.5 * z + 0.3 * x)
      : 0.35 * x + 0.93 * y - plane * 0.9 - skew * x + 2 * Math.sin(0.4 * z + 0.3 * x);
  const stepMm = 2.6;
  if (broken === "none") return [meshSolid(solid, { box, stepMm, cortex })];
  const head: Solid = (x, y, z) => Math.max(solid(x, y, z), along(x, y, z));
  const rest: Solid = (x, y, z) => Math.max(solid(x, y, z), 0.8 - along(x, y, z));
  return [meshSolid(head, { box, stepMm, cortex }), meshSolid(rest, { box, stepMm, cortex })];
}

/** Smooth step from 0 (t <= 0) to 1 (t >= 1). */
const ramp = (t: number) => t <= 0 ? 0 : t >= 1 ? 1 : t * t * (3 - 2 * t);
