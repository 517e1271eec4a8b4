import { gunzipSync } from "node:zlib";

/**
 * A CT volume: Hounsfield units, x fastest, oriented so that x points to the patient's left, y to the back, z to the
 * head.
 */
export interface CtVolume {
  readonly sizes: readonly [number, number, number];
  /** Voxel sizes, mm. */
  readonly stepMm: readonly [number, number, number];
  readonly values: Float32Array; // [nz, ny, nx]
}

/** NIfTI-1 data types that are read, by code (nifti1.h). */
const ARRAYS: Readonly<Record<number, [new (buffer: ArrayBuffer) => ArrayLike<number>, number]>> = {
  4: [Int16Array, 2],
  8: [Int32Array, 4],
  16: [Float32Array, 4],
};

/**
 * Reads a gzipped NIfTI-1 volume (nifti1.h) whose axes are parallel to the patient's, according to its sform. It
 * supports only the two kinds of files that the benchmarks use.
 */
export function readNifti(file: Uint8Array): CtVolume {
  const bytes = new Uint8Array(gunzipSync(file)),
    view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const refuse = (rule: string, got: unknown): never => {
    throw new SyntaxError(`Cannot read the CT volume: ${rule}, got ${got}`);
  };
  if (view.getInt32(0, true) !== 348) refuse("a NIfTI-1 header must have 348 bytes", view.getInt32(0, true));
  const type = view.getInt16(70, true);
  if (!ARRAYS[type]) refuse("voxels must be int16, int32 or float32", `type ${type}`);
  const [Voxels, size] = ARRAYS[type];
  const sizes = [0, 1, 2].map((axis) => view.getInt16(42 + 2 * axis, true)) as [number, number, number];
  const rows = [0, 1, 2].map((r) => [0, 1, 2].map((c) => view.getFloat32(280 + 16 * r + 4 * c, true)));
  const aligned = rows.every((row, r) => row.every((v, c) => (r === c) === (v !== 0)));
  if (!aligned) refuse("its axes must be parallel to the patient's (sform)", JSON.stringify(rows));
  const [nx, ny, nz] = sizes, count = nx * ny * nz, start = view.getFloat32(108, true);
  const raw = new Voxels(bytes.slice(start, start + count * size).buffer);
  const slope = view.getFloat32(112, true) || 1, intercept = view.getFloat32(116, true) || 0;
  // NIfTI coordinates grow towards the patient's right, front and head; ours grow towards left, back and head.
  const flip = [rows[0][0] > 0, rows[1][1] > 0, rows[2][2] < 0];
  const values = new Float32Array(count);
  for (let z = 0, i = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      const from = ((flip[2] ? nz - 1 - z : z) * ny + (flip[1] ? ny - 1 - y : y)) * nx;
      for (let x = 0; x < nx; x++, i++) {
        values[i] = raw[from + (flip[0] ? nx - 1 - x : x)] * slope + intercept;
      }
    }
  }
  return { sizes, stepMm: [Math.abs(rows[0][0]), Math.abs(rows[1][1]), Math.abs(rows[2][2])], values };
}
