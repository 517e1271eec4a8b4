import { gunzipSync } from "fflate";
import { InputError } from "../../input_error.ts";
import type { FilmSize, SidedMask } from "../../masks/boxed_mask.ts";
import { decodeCoco, isCoco } from "../../masks/coco.ts";
import { decodeDicomSegmentation, isDicomSegmentation } from "../../masks/read_dicom_segmentation.ts";
import { headsOfMap, type LabelMap } from "../../masks/label_map.ts";
import { decodeLabelMe, isLabelMe } from "../../masks/label_me.ts";
import { decodeNifti } from "../../masks/nifti.ts";
import { decodeNrrd } from "../../masks/nrrd.ts";
import type { Radiograph, Side } from "../../types.ts";

/** A drawn mask at the size of its film. */
export interface DrawnMask extends FilmSize {
  readonly bits: Uint8Array; // [heightPx, widthPx], 0 or 1
}

/** The head and film for which a mask file is read. */
export interface ReadMaskOptions {
  /** Path or file name of the film, because a COCO file may contain outlines of many films. */
  readonly film: string;
  /** Side of the head that is requested, or `unknown`. */
  readonly side: Side;
  /** Reads an image: PNG, TIFF, JPEG, or a DICOM file other than a Segmentation. */
  readonly picture: (path: string) => Promise<Radiograph>;
}

/** Maximum size of a mask file in bytes; for a compressed NIfTI file, also after decompression. */
const MOST_BYTES = 500_000_000;
const FIX =
  "save the outline as PNG, NRRD, NIfTI, LabelMe JSON, COCO JSON or DICOM Segmentation of the whole film";

/**
 * Reads the outline of one head from a mask file. The format is detected from the content, not from the name: an image
 * (values above 0 are inside), an NRRD or NIfTI label map (1 is the patient's right head, 2 the left, 3 a head of
 * unknown side), LabelMe or COCO JSON, or a DICOM Segmentation. If a side is requested and the file has outlines of that
 * side, only these are returned, otherwise all outlines together.
 *
 * @throws {InputError} with code `bad-mask`, if the file is too large, cannot be decoded, has no outlines of this film,
 * or names a side for every outline, but never the requested one.
 * @throws {RadiographError} if it is an image that cannot be read.
 */
export async function readMask(path: string, { film, side, picture }: ReadMaskOptions): Promise<DrawnMask> {
  const info = await Deno.stat(path).catch(() => null);
  if (!info?.isFile) return ofPicture(await picture(path)); // the reader of images throws for a missing file
  const { size } = info;
  if (size > MOST_BYTES) {
    throw unfit(`the mask must have at most ${MOST_BYTES} bytes, got ${size}`, FIX);
  }
  const file = await Deno.readFile(path), kind = kindOf(file);
  if (kind === "picture") return ofPicture(await picture(path));
  const outlined = decoded(file, { kind, film });
  return { ...sizeOf(outlined), bits: bitsOf(chosen(outlined, side), outlined) };
}

function ofPicture({ widthPx, heightPx, pixels }: Radiograph): DrawnMask {
  return { widthPx, heightPx, bits: Uint8Array.from(pixels, (value) => value > 0 ? 1 : 0) };
}

type Kind = "picture" | "nrrd" | "nifti" | "json" | "dicom-seg";
interface Outlined extends FilmSize {
  readonly heads: readonly SidedMask[];
  /**
   * Whether sides are stated by words or standard codes. False for label maps, because their numbers may mean something
   * else in another program.
   */
  readonly named: boolean;
}

function kindOf(file: Uint8Array): Kind {
  const start = String.fromCharCode(...file.subarray(0, 64));
  if (start.startsWith("NRRD")) return "nrrd";
  if (/^(\u00ef\u00bb\u00bf)?\s*[{[]/.test(start)) return "json";
  if (file[0] === 0x1f && file[1] === 0x8b) return "nifti";
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (file.length >= 352 && [view.getInt32(0, true), view.getInt32(0, false)].includes(348)) return "nifti";
  return isDicomSegmentation(file) ? "dicom-seg" : "picture";
}

function decoded(file: Uint8Array, { kind, film }: { kind: Kind; film: string }): Outlined {
  try {
    if (kind === "nrrd") return ofMap(decodeNrrd(file));
    if (kind === "nifti") return ofMap(decodeNifti(unpacked(file)));
    if (kind === "dicom-seg") return { ...decodeDicomSegmentation(file), named: true };
    const json = parsedJson(file);
    if (isLabelMe(json)) return { ...decodeLabelMe(json), named: true };
    if (isCoco(json)) return { ...filmOfCoco(decodeCoco(json), film), named: true };
    throw new SyntaxError("a JSON mask must be in the format of LabelMe or COCO");
  } catch (error) {
    if (error instanceof InputError) throw error;
    // These messages may be shown: the decoders quote only sizes and names of types from the file.
    throw unfit(`the mask cannot be read (${(error as Error).message})`, FIX, error);
  }
}

/**
 * Parses JSON. The message of JSON.parse is replaced, because it quotes text of the file, which may identify a patient.
 */
function parsedJson(file: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(file));
  } catch {
    throw new SyntaxError("it is not a complete JSON file");
  }
}

function unpacked(file: Uint8Array): Uint8Array {
  if (file[0] !== 0x1f) return file;
  const view = new DataView(file.buffer, file.byteOffset + file.length - 4, 4);
  const size = view.getUint32(0, true); // RFC 1952: the last four bytes hold the uncompressed size
  if (size > MOST_BYTES) {
    throw new RangeError(`a mask must have at most ${MOST_BYTES} bytes uncompressed (got ${size})`);
  }
  return gunzipSync(file);
}

function ofMap(map: LabelMap): Outlined {
  const heads = headsOfMap(map), other = map.labels.some((label) => label > 3);
  if (!other) return { ...sizeOf(map), heads, named: false };
  const all = headsOfMap({ ...map, labels: map.labels.map((label) => label > 0 ? 3 : 0) });
  // A label above 3 shows that another program wrote the map. Its labels do not state sides, so every label above 0
  // counts as a head of unknown side.
  return { ...sizeOf(map), heads: all, named: false };
}

/**
 * Finds a film in a COCO file by its file name. Label Studio writes a code and a hyphen before the name; such a prefix
 * is ignored. The only film of a COCO file is returned whatever its name.
 */
function filmOfCoco<T extends { readonly name: string }>(films: readonly T[], film: string): T {
  const own = film.replace(/^.*[\\/]/, "");
  const names = films.map(({ name }) => name.replace(/^.*[\\/]/, ""));
  const at = names.findIndex((name) => name === own);
  const found = films[at < 0 ? names.findIndex((name) => name.endsWith(`-${own}`)) : at];
  if (found) return found;
  if (films.length === 1) return films[0];
  throw unfit(
    `the COCO file has ${films.length} films, but none with the name of this film`,
    "write the film's file name as file_name, or save one file for each film",
  );
}

/** The heads of the requested side; all heads if there are none, unless the file names another side for each. */
function chosen({ heads, named }: Outlined, side: Side): readonly SidedMask[] {
  const same = heads.filter((head) => head.side === side);
  if (side !== "unknown" && same.length > 0) return same;
  const allSided = heads.length > 0 && heads.every((head) => head.side !== "unknown");
  if (named && side !== "unknown" && allSided) {
    throw unfit(`the mask outlines no ${side} head`, `outline it and label it "${side} femoral head"`);
  }
  return heads;
}

function bitsOf(heads: readonly SidedMask[], { widthPx, heightPx }: FilmSize): Uint8Array {
  const bits = new Uint8Array(widthPx * heightPx); // [heightPx, widthPx]
  for (const { boxPx: { x, y, width, height }, mask } of heads) {
    for (let row = 0, i = 0; row < height; row++) {
      for (let column = 0; column < width; column++, i++) {
        if (mask[i]) bits[(y + row) * widthPx + x + column] = 1;
      }
    }
  }
  return bits;
}

const sizeOf = ({ widthPx, heightPx }: FilmSize): FilmSize => ({ widthPx, heightPx });

function unfit(what: string, fix: string, cause?: unknown): InputError {
  return Object.assign(new InputError(`Cannot use the mask of this row: ${what}`, { fix, cause }), {
    code: "bad-mask",
  });
}
