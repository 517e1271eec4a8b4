import { gunzipSync, gzipSync } from "fflate";
import type { LabelMap } from "./label_map.ts";
import { voxelLabels, type VoxelType } from "./voxel_values.ts";

/** NIfTI-1 data types (nifti1.h, DT_*). */
const DATA_TYPES: Readonly<Record<number, VoxelType>> = {
  2: "uint8",
  4: "int16",
  8: "int32",
  16: "float",
  64: "double",
  256: "int8",
  512: "uint16",
  768: "uint32",
};
const HEADER_BYTES = 348, DATA_AT = 352;

/**
 * Writes a label map as a compressed NIfTI-1 of one slice (.nii.gz). As in a displayed radiograph, x points to the
 * patient's left and y down.
 */
export function encodeNifti({ widthPx, heightPx, labels }: LabelMap): Uint8Array {
  const file = new Uint8Array(DATA_AT + labels.length), view = new DataView(file.buffer);
  view.setInt32(0, HEADER_BYTES, true); // sizeof_hdr
  [3, widthPx, heightPx, 1, 1, 1, 1, 1].forEach((size, i) => view.setInt16(40 + 2 * i, size, true)); // dim
  view.setInt16(70, 2, true); // datatype: unsigned char
  view.setInt16(72, 8, true); // bitpix
  [1, 1, 1, 1, 1, 1, 1, 1].forEach((size, i) => view.setFloat32(76 + 4 * i, size, true)); // pixdim
  view.setFloat32(108, DATA_AT, true); // vox_offset
  view.setFloat32(112, 1, true); // scl_slope
  view.setInt16(68, 1002, true); // intent_code: NIFTI_INTENT_LABEL
  view.setInt16(254, 1, true); // sform_code: scanner
  view.setFloat32(280, -1, true); // srow_x: NIfTI's x points to the patient's right
  view.setFloat32(300, -1, true); // srow_y: and y to the front, which is up in an image
  view.setFloat32(320, 1, true); // srow_z
  file.set(new TextEncoder().encode("n+1\0"), 344);
  file.set(labels, DATA_AT);
  return gzipSync(file, { mtime: 0 });
}

/**
 * Reads the label map of a NIfTI-1 of one slice, .nii or .nii.gz. Axes with the opposite direction are flipped.
 *
 * @throws {SyntaxError} if it is not such a file; {RangeError} if the image is empty or too large, or the file has fewer
 * values than its header says.
 */
export function decodeNifti(bytes: Uint8Array): LabelMap {
  const file = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
  if (file.length < DATA_AT) throw new SyntaxError("A NIfTI file must have a header of 348 bytes");
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const littleEndian = view.getInt32(0, true) === HEADER_BYTES;
  if (!littleEndian && view.getInt32(0, false) !== HEADER_BYTES) {
    throw new SyntaxError("The file must be NIfTI-1, whose header has 348 bytes");
  }
  const dims = Array.from({ length: 8 }, (_, i) => view.getInt16(40 + 2 * i, littleEndian));
  const [rank, widthPx, heightPx] = dims;
  if (rank < 2 || rank > 7 || dims.slice(3, rank + 1).some((size) => size > 1)) {
    throw new SyntaxError(`A label map must be a single image (got ${dims.slice(1, rank + 1).join(" x ")})`);
  }
  const code = view.getInt16(70, littleEndian), type = DATA_TYPES[code];
  if (!type) {
    throw new SyntaxError(
      `The data type of a NIfTI label map must be integers of 8 to 32 bits, float or double (got code ${code})`,
    );
  }
  const offset = Math.max(DATA_AT, view.getFloat32(108, littleEndian));
  const [right, front] = towardsRightAndFront(view, littleEndian);
  const layout = { widthPx, heightPx, type, littleEndian, flipX: right > 0, flipY: front > 0 };
  return { widthPx, heightPx, labels: voxelLabels(file.subarray(offset), layout) };
}

/**
 * Component of the first axis towards the patient's right, and of the second towards the front, from the affine in
 * the header.
 */
function towardsRightAndFront(view: DataView, littleEndian: boolean): [number, number] {
  if (view.getInt16(254, littleEndian) > 0) {
    return [view.getFloat32(280, littleEndian), view.getFloat32(300, littleEndian)];
  }
  if (view.getInt16(252, littleEndian) > 0) { // qform: diagonal of the rotation by the quaternion (a, b, c, d)
    const [b, c, d] = [256, 260, 264].map((at) => view.getFloat32(at, littleEndian));
    const aa = Math.max(0, 1 - b * b - c * c - d * d);
    return [aa + b * b - c * c - d * d, aa + c * c - b * b - d * d];
  }
  return [-1, -1]; // no affine: axes as in an image
}
