import { alignShapes } from "./align_shapes.ts";
import { closeHoles, closePositions } from "./close_holes.ts";
import { type PrincipalShapes, principalShapes } from "./principal_shapes.ts";
import { readFaces, readVertices } from "./read_meshes.ts";
import { smoothOffsets } from "./smooth_offsets.ts";
import { wallThickness } from "./wall_thickness.ts";

/** The bones of the model, in the order in which their vertices are stored. */
export const PELVIC_BONES = ["left_hip", "right_hip", "sacrum"] as const;
/** Every fifth subject is held out: its bones are used in no training film. */
export const HELD_OUT_EVERY = 5;

/**
 * Number of smoothing passes over each subject's displacements from the mean. Six passes extend over about three edges
 * (5 mm).
 */
const SMOOTHING_ROUNDS = 6;

/**
 * Shape models of the pelvis in the phantom's frame: x to the patient's left, y down, z posterior, mm, with the origin
 * midway between the hips.
 */
export interface PelvisModel {
  readonly bones: readonly {
    readonly name: string;
    readonly vertices: number;
    readonly triangles: Uint32Array;
    readonly wallMm: Float32Array;
  }[];
  /**
   * Shape model of the training subjects. A shape is a list of points: all vertices, the centres of the left and the
   * right acetabulum, and two points whose first coordinates are the radii of the acetabula and whose others are 0.
   */
  readonly training: PrincipalShapes;
  /** Shape model of the held-out subjects. */
  readonly heldOut: PrincipalShapes;
  /** Size of each subject's pelvis as a multiple of the mean size. */
  readonly sizes: readonly number[];
}

/** Fits the shape models of hip bones and sacrum to the subjects in `folder`. */
export function fitPelvis(folder: string, { modes = 16 } = {}): PelvisModel {
  const index = JSON.parse(Deno.readTextFileSync(`${folder}/index.json`));
  const n: number = index.subjects;
  const parts = PELVIC_BONES.map((name) => {
    const vertices = readVertices(`${folder}/${name}_vertices.f32`), each = vertices.length / n;
    const closing = closeHoles(readFaces(`${folder}/${name}_faces.u16`), each / 3);
    const shapes = Array.from(
      { length: n },
      (_, i) => closePositions(vertices.slice(i * each, (i + 1) * each), closing),
    );
    return { name, closing, shapes };
  });
  const raw = Array.from({ length: n }, (_, i) => {
    const left: number[] = index.acetabulum.left[i], right: number[] = index.acetabulum.right[i];
    const middle = [0, 1, 2].map((axis) => (left[axis] + right[axis]) / 2);
    const points: number[] = [];
    // From the scanner's frame (left, posterior, up) to the film's (left, down, posterior).
    const put = (x: number, y: number, z: number) => points.push(x - middle[0], middle[2] - z, y - middle[1]);
    for (const { shapes } of parts) {
      const p = shapes[i];
      for (let k = 0; k < p.length; k += 3) put(p[k], p[k + 1], p[k + 2]);
    }
    put(left[0], left[1], left[2]);
    put(right[0], right[1], right[2]);
    return { points: Float64Array.from(points), radii: [left[3], right[3]] };
  });
  const { shapes, sizes } = alignShapes(raw.map(({ points }) => points));
  smoothShapes(shapes, parts.map(({ closing, shapes: [first] }) => ({ size: first.length, ...closing })));
  const whole = shapes.map((shape, i) => {
    const out = new Float64Array(shape.length + 6);
    out.set(shape);
    out[shape.length] = raw[i].radii[0] / sizes[i], out[shape.length + 3] = raw[i].radii[1] / sizes[i];
    return out;
  });
  const held = (i: number) => i % HELD_OUT_EVERY === HELD_OUT_EVERY - 1;
  const training = principalShapes(whole.filter((_, i) => !held(i)), modes);
  const heldOut = principalShapes(whole.filter((_, i) => held(i)), modes);
  let at = 0;
  const bones = parts.map(({ name, closing, shapes }) => {
    const size = shapes[0].length;
    const mean = Float32Array.from(training.mean.subarray(at, at + size));
    at += size;
    return {
      name,
      vertices: size / 3,
      triangles: closing.triangles,
      wallMm: wallThickness(mean, closing.triangles),
    };
  });
  return { bones, training, heldOut, sizes };
}

/** Smooths each subject's displacements from the mean shape, in place; see `smoothOffsets`. */
function smoothShapes(
  shapes: readonly Float64Array[],
  parts: readonly { size: number; triangles: Uint32Array }[],
): void {
  const mean = shapes[0].map((_, i) => shapes.reduce((sum, shape) => sum + shape[i], 0) / shapes.length);
  for (const shape of shapes) {
    let at = 0;
    for (const { size, triangles } of parts) {
      const offsets = shape.slice(at, at + size);
      for (let i = 0; i < size; i++) offsets[i] -= mean[at + i];
      smoothOffsets(offsets, triangles, SMOOTHING_ROUNDS);
      for (let i = 0; i < size; i++) shape[at + i] = mean[at + i] + offsets[i];
      at += size;
    }
  }
}
