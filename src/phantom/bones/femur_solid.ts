import type { Prng } from "../../array/seeded_prng.ts";
import { boneModel, type BoneSubjects } from "./bone_model.ts";
import type { Solid } from "./solid.ts";

/** Radius of the sphere fitted to the template's femoral head, mm. */
export const HEAD_RADIUS = 24;

/** The solid of a template femur, and the position of its shaft's axis, mm lateral to the head's centre. */
export interface FemurSolid {
  readonly solid: Solid;
  readonly shaftX: number;
}

/**
 * A proximal left femur with the head's centre at the origin, turned so that the neck points neither forwards nor
 * backwards: x lateral, y distal, z posterior, mm. Its shape is a random blend of the signed distances of real femora
 * (Leventon et al. 2000, CVPR 1:316); one of them has a weight of at least three fifths.
 */
export function femurSolid(prng: Prng, subjects: BoneSubjects): FemurSolid {
  const { origin: [ox, oy, oz], stepMm: h, size: [nx, ny, nz], unitMm, fields } = boneModel().femora;
  const some = fields.filter(({ heldOut }) => heldOut === (subjects === "held-out"));
  const lead = prng.integer(some.length), share = 0.6 + 0.4 * prng();
  const rest = some.map((_, i) => i === lead ? 0 : prng()), total = rest.reduce((sum, w) => sum + w, 0) || 1;
  const weights = some.map((_, i) => i === lead ? share : (1 - share) * rest[i] / total);
  const field = new Float32Array(nx * ny * nz);
  let shaftX = 0;
  some.forEach(({ values, shaftX: position }, k) => {
    shaftX += weights[k] * position;
    const w = weights[k] * unitMm;
    for (let i = 0; i < field.length; i++) field[i] += w * values[i];
  });
  const solid: Solid = (x, y, z) => {
    const u = (x - ox) / h, v = Math.min((y - oy) / h, ny - 1.001), w = (z - oz) / h;
    if (u < 0 || v < 0 || w < 0 || u >= nx - 1 || w >= nz - 1) return 10;
    const i = u | 0, j = v | 0, k = w | 0, a = u - i, b = v - j, c = w - k, at = (k * ny + j) * nx + i;
    const row = (p: number) => field[p] + (field[p + 1] - field[p]) * a;
    const face = (p: number) => {
      const top = row(p);
      return top + (row(p + nx) - top) * b;
    };
    const near = face(at);
    return near + (face(at + nx * ny) - near) * c;
  };
  return { solid, shaftX };
}
