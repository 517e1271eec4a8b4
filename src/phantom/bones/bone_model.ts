import { gunzipSync } from "fflate";

/**
 * Which real subjects a bone is made from: `training`, used for training films, or `held-out`, used for no training
 * film.
 */
export type BoneSubjects = "training" | "held-out";

/** A linear shape model: positions are `mean` plus the sum of weight * unitMm * values; weights have unit variance. */
export interface ShapeModel {
  readonly mean: Float32Array; // [d], mm
  readonly modes: readonly { readonly unitMm: number; readonly values: Int8Array }[]; // each [d]
}

/** The fitted model of `data/bones.bin.gz`; data/README.md names its sources. */
export interface BoneModel {
  /** Left hip bone, right hip bone, sacrum: their vertices are stored in this order in a shape. */
  readonly bones: readonly {
    readonly name: string;
    readonly vertices: number;
    readonly triangles: Uint32Array;
    /** Distance to the opposite wall of the bone, mm, at most 12.7. */
    readonly wallMm: Float32Array;
  }[];
  /**
   * A shape holds the coordinates of all vertices, the centres of the left and the right socket, and the radii of both
   * sockets, each radius followed by two zeros.
   */
  readonly pelvis: Readonly<Record<BoneSubjects, ShapeModel>>;
  /** Signed distances of real femora on a common grid of `size` points, in units of `unitMm`, negative inside. */
  readonly femora: {
    readonly origin: readonly [number, number, number];
    readonly stepMm: number;
    readonly size: readonly [number, number, number];
    readonly unitMm: number;
    readonly fields: readonly {
      readonly name: string;
      readonly heldOut: boolean;
      /** Position of the shaft's axis, mm lateral to the head's centre. */
      readonly shaftX: number;
      readonly values: Int8Array; // [nz, ny, nx]
    }[];
  };
}

/** Position and length in bytes of one array in the file. */
interface Place {
  readonly at: number;
  readonly bytes: number;
}

let model: BoneModel | undefined;

/** Reads the bone model, once per process. */
export function boneModel(): BoneModel {
  return model ??= parse(
    gunzipSync(Deno.readFileSync(new URL("../../../data/bones.bin.gz", import.meta.url))),
  );
}

function parse(bytes: Uint8Array): BoneModel {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true), start = 4 + length;
  const { pelvis, femora } = JSON.parse(new TextDecoder().decode(bytes.subarray(4, start)));
  const part = ({ at, bytes: size }: Place) => bytes.slice(start + at, start + at + size).buffer;
  // deno-lint-ignore no-explicit-any
  const shapes = ({ mean, modes }: any): ShapeModel => ({
    mean: Float32Array.from(new Int16Array(part(mean)), (v) => v / 100),
    modes: modes.map(({ unitMm, values }: { unitMm: number; values: Place }) => ({
      unitMm,
      values: new Int8Array(part(values)),
    })),
  });
  return {
    // deno-lint-ignore no-explicit-any
    bones: pelvis.bones.map(({ name, vertices, triangles, wall }: any) => ({
      name,
      vertices,
      triangles: Uint32Array.from(new Uint16Array(part(triangles))),
      wallMm: Float32Array.from(new Uint8Array(part(wall)), (v) => v / 20),
    })),
    pelvis: { training: shapes(pelvis.training), "held-out": shapes(pelvis.heldOut) },
    femora: {
      ...femora.grid,
      unitMm: femora.unitMm,
      // deno-lint-ignore no-explicit-any
      fields: femora.fields.map(({ values, ...rest }: any) => ({
        ...rest,
        values: new Int8Array(part(values)),
      })),
    },
  };
}
