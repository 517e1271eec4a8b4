/** Bytes per value in a label file, and the method of DataView that reads it, by NRRD's name of the type. */
export const VOXEL_TYPES = {
  "int8": [1, "getInt8"],
  "uint8": [1, "getUint8"],
  "int16": [2, "getInt16"],
  "uint16": [2, "getUint16"],
  "int32": [4, "getInt32"],
  "uint32": [4, "getUint32"],
  "float": [4, "getFloat32"],
  "double": [8, "getFloat64"],
} as const;

export type VoxelType = keyof typeof VOXEL_TYPES;

/** Layout of values in a file, and which axes are opposite to those of a film. */
export interface VoxelLayout {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly type: VoxelType;
  readonly littleEndian: boolean;
  readonly flipX: boolean;
  readonly flipY: boolean;
}

/** Maximum number of pixels of a label file. */
const MOST_PIXELS = 100_000_000;

/**
 * Labels as bytes, in the orientation of the film. A value that is not an integer from 0 to 255 becomes 255, so that
 * it is not taken as background.
 *
 * @throws {RangeError} if the image is empty or too large, or the file has fewer values than its header says.
 */
export function voxelLabels(
  bytes: Uint8Array,
  { widthPx, heightPx, type, littleEndian, flipX, flipY }: VoxelLayout,
): Uint8Array { // [heightPx, widthPx]
  const [size, get] = VOXEL_TYPES[type], count = widthPx * heightPx;
  if (!(count > 0 && count <= MOST_PIXELS)) {
    throw new RangeError(`A label map must have 1 to ${MOST_PIXELS} pixels (got ${widthPx} x ${heightPx})`);
  }
  if (bytes.length < count * size) {
    throw new RangeError(
      `A label map of ${widthPx} x ${heightPx} pixels must have ${
        count * size
      } bytes of values (got ${bytes.length})`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const labels = new Uint8Array(count);
  for (let y = 0, i = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++, i++) {
      const at = (flipY ? heightPx - 1 - y : y) * widthPx + (flipX ? widthPx - 1 - x : x);
      const value = view[get](at * size, littleEndian);
      labels[i] = Number.isInteger(value) && value >= 0 && value <= 255 ? value : 255;
    }
  }
  return labels;
}
