import { joinBytes } from "../array/join_bytes.ts";
import { gunzipSync, gzipSync } from "fflate";
import { HEAD_LABELS, type LabelMap, sideOfName } from "./label_map.ts";
import { VOXEL_TYPES, voxelLabels, type VoxelType } from "./voxel_values.ts";

/** Alternative names of types in NRRD files (teem, "Definition of NRRD File Format", section 4). */
const TYPE_NAMES: Readonly<Record<string, VoxelType>> = {
  "signed char": "int8",
  "int8_t": "int8",
  "uchar": "uint8",
  "unsigned char": "uint8",
  "uint8_t": "uint8",
  "short": "int16",
  "int16_t": "int16",
  "ushort": "uint16",
  "unsigned short": "uint16",
  "uint16_t": "uint16",
  "int": "int32",
  "int32_t": "int32",
  "uint": "uint32",
  "unsigned int": "uint32",
  "uint32_t": "uint32",
};

/** Writes a label map as a compressed NRRD of one slice, with the orientation that 3D Slicer uses for images. */
export function encodeNrrd({ widthPx, heightPx, labels }: LabelMap): Uint8Array {
  const header = [
    "NRRD0004",
    "# femoral heads: 1 right, 2 left, 3 of unknown side",
    "type: unsigned char",
    "dimension: 3",
    "space: left-posterior-superior",
    `sizes: ${widthPx} ${heightPx} 1`,
    "space directions: (1,0,0) (0,1,0) (0,0,1)",
    "kinds: domain domain domain",
    "encoding: gzip",
    "space origin: (0,0,0)",
    "",
    "",
  ].join("\n");
  const text = new TextEncoder().encode(header), data = gzipSync(labels, { mtime: 0 });
  return joinBytes([text, data]);
}

/**
 * Reads the label map of an NRRD of one slice with attached data. Axes with the opposite direction are flipped.
 *
 * @throws {SyntaxError} if it is not such a file; {RangeError} if the image is too large, or the file has fewer values
 * than its header says.
 */
export function decodeNrrd(file: Uint8Array): LabelMap {
  const end = headerEnd(file);
  const lines = new TextDecoder().decode(file.subarray(0, end)).split(/\r?\n/);
  if (!/^NRRD000\d/.test(lines[0])) throw new SyntaxError("An NRRD file must begin with NRRD000 and a digit");
  const fields = new Map(
    lines.slice(1).flatMap((line): [string, string][] => {
      const match = /^([^:#]+):[ =](.*)$/.exec(line); // fields, and the keys that 3D Slicer adds
      return match ? [[match[1].trim().toLowerCase(), match[2].trim()]] : [];
    }),
  );
  const sizes = (fields.get("sizes") ?? "").split(/\s+/).map(Number);
  if (sizes.length < 2 || !sizes.every((size) => Number.isInteger(size) && size > 0)) {
    throw new SyntaxError("An NRRD file must give its sizes");
  }
  if (sizes.slice(2).some((size) => size !== 1)) {
    throw new SyntaxError(
      `A label map must be a single image (got ${sizes.join(" x ")}); save the segments as one label map`,
    );
  }
  if (fields.has("data file") || fields.has("datafile")) {
    throw new SyntaxError("The values must be in the NRRD file itself; save it as one .nrrd file");
  }
  const name = fields.get("type") ?? "";
  const type = Object.hasOwn(TYPE_NAMES, name) ? TYPE_NAMES[name] : name as VoxelType;
  if (!Object.hasOwn(VOXEL_TYPES, type)) {
    throw new SyntaxError(
      `The type of an NRRD label map must be integers of 8 to 32 bits, float or double (got ${name})`,
    );
  }
  const [flipX, flipY] = flips(fields);
  const [widthPx, heightPx] = sizes;
  const littleEndian = fields.get("endian") !== "big";
  const bytes = unpack(file.subarray(end), fields.get("encoding") ?? "raw");
  const labels = voxelLabels(bytes, { widthPx, heightPx, type, littleEndian, flipX, flipY });
  return { widthPx, heightPx, labels: toHeadLabels(labels, fields) };
}

/**
 * Converts labels according to 3D Slicer's segment names (`Segment0_Name`, `Segment0_LabelValue`). Unchanged if no
 * name gives a side.
 */
function toHeadLabels(labels: Uint8Array, fields: ReadonlyMap<string, string>): Uint8Array {
  const names = new Map<number, number>();
  for (let k = 0; fields.has(`segment${k}_name`); k++) {
    const side = sideOfName(fields.get(`segment${k}_name`)!.replaceAll("_", " "));
    names.set(Number(fields.get(`segment${k}_labelvalue`) ?? k + 1), HEAD_LABELS[side]);
  }
  if (![...names.values()].some((label) => label !== HEAD_LABELS.unknown)) return labels;
  return labels.map((label) => names.get(label) ?? label);
}

/** Position after the header, which ends with an empty line. */
function headerEnd(file: Uint8Array): number {
  for (let i = 1; i < Math.min(file.length, 1_000_000); i++) {
    if (file[i] !== 10) continue;
    if (file[i - 1] === 10 || (file[i - 1] === 13 && file[i - 2] === 10)) return i + 1;
  }
  throw new SyntaxError("An NRRD file must have an empty line between header and values");
}

function unpack(bytes: Uint8Array, encoding: string): Uint8Array {
  if (encoding === "raw") return bytes;
  if (encoding === "gzip" || encoding === "gz") return gunzipSync(bytes);
  throw new SyntaxError(`The encoding of an NRRD label map must be raw or gzip (got ${encoding})`);
}

/** Whether the first and second axis are opposite to those of an image, which point to the patient's left and back. */
function flips(fields: ReadonlyMap<string, string>): [boolean, boolean] {
  const space = fields.get("space")?.toLowerCase() ?? "left-posterior-superior";
  const vectors = [...(fields.get("space directions") ?? "").matchAll(/\(([^)]*)\)/g)];
  const along = [0, 1].map((axis) => Number(vectors[axis]?.[1].split(",")[axis] ?? 1));
  const right = /^(right|ras)/.test(space), anterior = /anterior|^ras|^las/.test(space);
  return [(along[0] < 0) !== right, (along[1] < 0) !== anterior];
}
