import { seededPrng } from "../../src/array/seeded_prng.ts";
import { cutLevel, distanceField, type Grid } from "./distance_field.ts";
import { findHead, frameFemur } from "./femur_frame.ts";
import { readMeshes } from "./read_meshes.ts";

/** Distances are limited to this, mm. */
export const FIELD_MM = 10;

/**
 * The grid shared by all femora: head of 24 mm radius at the origin, x lateral, y distal along the shaft, z posterior.
 */
export const FEMUR_GRID: Grid = { origin: [-32, -44, -42], stepMm: 2.5, size: [54, 78, 35] };

/**
 * The femora used. Both femora of subject m4 are held out: no training film uses them. The femora of subject m7 are
 * not used, because they end above the shaft.
 */
const FEMORA = [
  { file: "femora", name: "m3_lfemur", heldOut: false },
  { file: "femora", name: "m3_rfemur", heldOut: false },
  { file: "femora", name: "m8_lfemur", heldOut: false },
  { file: "visible_human", name: "VH_F_femur_R", heldOut: false },
  { file: "visible_human", name: "VH_M_femur_R", heldOut: false },
  { file: "femora", name: "m4_lfemur", heldOut: true },
  { file: "femora", name: "m4_rfemur", heldOut: true },
] as const;

/** Signed distances of one femur, mm. */
export interface FemurField {
  readonly name: string;
  readonly heldOut: boolean;
  /** Position of the shaft's axis, mm lateral to the head's centre. */
  readonly shaftX: number;
  readonly values: Float32Array; // [nz, ny, nx]
}

/**
 * Transforms the femora to one frame and converts each to signed distances, so that shapes can be blended without point
 * correspondence.
 */
export function fitFemora(folder: string): FemurField[] {
  const files = { femora: readMeshes(folder, "femora"), visible_human: readMeshes(folder, "visible_human") };
  return FEMORA.map(({ file, name, heldOut }) => {
    const mesh = files[file].find((m) => m.name.includes(name));
    if (!mesh) throw new Error(`Cannot fit the femora: ${folder} has no mesh called ${name}`);
    const head = findHead(mesh, seededPrng(3)), up = file === "femora" ? [0, 0, 1] : [0, 1, 0];
    const axis = up.indexOf(1);
    let low = Infinity;
    for (let i = axis; i < mesh.positions.length; i += 3) low = Math.min(low, mesh.positions[i]);
    const length = head.center[axis] - low, side = /lfemur|_L$/.test(name) ? "left" : "right";
    const { positions, triangles, shaftX } = frameFemur(mesh, {
      head,
      side,
      up,
      shaftFromMm: Math.min(75, length - 40),
      shaftToMm: Math.min(150, length - 8),
    });
    const values = distanceField(positions, triangles, FEMUR_GRID, FIELD_MM);
    extend(values, cutLevel(positions, triangles) - FIELD_MM - 2);
    return { name, heldOut, shaftX, values };
  });
}

/** Continues the shaft below `level` with its cross-section at that level. */
function extend(values: Float32Array, level: number): void {
  const { origin, stepMm, size: [nx, ny, nz] } = FEMUR_GRID;
  const last = Math.min(ny - 1, Math.floor((level - origin[1]) / stepMm));
  for (let k = 0; k < nz; k++) {
    const from = (k * ny + last) * nx;
    for (let j = last + 1; j < ny; j++) values.copyWithin((k * ny + j) * nx, from, from + nx);
  }
}
