import { boneModel, type BoneSubjects, type ShapeModel } from "./bone_model.ts";
import type { Mesh } from "./mesh.ts";
import { vertexNormals } from "./vertex_normals.ts";

/** The socket of one hip bone: centre in the pelvis and radius of the bony cup, mm. */
export interface Cup {
  readonly center: readonly [number, number, number];
  readonly radiusMm: number;
}

/** A pelvis of mean size: x to the patient's left, y down, z back, origin midway between the hips. */
export interface Pelvis {
  readonly left: Mesh;
  readonly right: Mesh;
  readonly sacrum: Mesh;
  readonly cups: Readonly<Record<"left" | "right", Cup>>;
}

/** Number of shape weights for a pelvis made from these subjects. */
export function pelvisModes(subjects: BoneSubjects): number {
  return boneModel().pelvis[subjects].modes.length;
}

/** Coordinates `from` to `to` of the shape with the given weights. */
function shapePart(
  { mean, modes }: ShapeModel,
  weights: readonly number[],
  from: number,
  to: number,
): Float32Array {
  const out = mean.slice(from, to);
  modes.forEach(({ unitMm, values }, k) => {
    const w = (weights[k] ?? 0) * unitMm;
    if (w !== 0) { for (let i = from, j = 0; i < to; i++, j++) out[j] += w * values[i]; }
  });
  return out;
}

/** The sockets of a pelvis, without computing its surfaces. */
export function pelvisCups(subjects: BoneSubjects, weights: readonly number[]): Pelvis["cups"] {
  const { bones, pelvis } = boneModel(), from = 3 * bones.reduce((sum, { vertices }) => sum + vertices, 0);
  const [lx, ly, lz, rx, ry, rz, lr, , , rr] = shapePart(pelvis[subjects], weights, from, from + 12);
  return { left: { center: [lx, ly, lz], radiusMm: lr }, right: { center: [rx, ry, rz], radiusMm: rr } };
}

/**
 * A pelvis from the shape model: the mean of real subjects plus the weighted modes of variation.
 *
 * @param cortex cortical thickness, mm, at a point of a bone.
 */
export function pelvis(
  subjects: BoneSubjects,
  weights: readonly number[],
  cortex: (bone: "left" | "right" | "sacrum", x: number, y: number, z: number) => number,
): Pelvis {
  const { bones, pelvis } = boneModel();
  let from = 0;
  const [left, right, sacrum] = (["left", "right", "sacrum"] as const).map((bone, k): Mesh => {
    const { vertices, triangles, wallMm } = bones[k], to = from + 3 * vertices;
    const positions = shapePart(pelvis[subjects], weights, from, to);
    from = to;
    const cortexMm = Float32Array.from(
      { length: vertices },
      (_, i) => cortex(bone, positions[3 * i], positions[3 * i + 1], positions[3 * i + 2]),
    );
    return {
      positions,
      normals: vertexNormals(positions, triangles),
      depthMm: wallMm.map((v) => v / 2),
      cortexMm,
      triangles,
    };
  });
  return { left, right, sacrum, cups: pelvisCups(subjects, weights) };
}
