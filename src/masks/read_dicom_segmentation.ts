import dicomParser, { type DataSet, type Element } from "dicom-parser";
import { boxMask, type FilmSize, type SidedMask } from "./boxed_mask.ts";
import { sideOfName } from "./label_map.ts";

/** SOP class of a Segmentation (PS3.4 B.5). */
const SEGMENTATION_CLASS = "1.2.840.10008.5.1.4.1.1.66.4";
/** Implicit and explicit VR little endian: pixels are not compressed. */
const PLAIN_SYNTAXES: readonly unknown[] = ["1.2.840.10008.1.2", "1.2.840.10008.1.2.1"];
/** Maximum number of pixels in all frames together. */
const MOST_PIXELS = 400_000_000;
/** Codes of the right and left side in SNOMED CT and the older SNOMED RT (PS3.16 CID 244). */
const RIGHT_CODES = ["24028007", "G-A100"], LEFT_CODES = ["7771000", "G-A101"];

/** Whether a file is DICOM (PS3.10 7.1) of the Segmentation class. */
export function isDicomSegmentation(file: Uint8Array): boolean {
  if (String.fromCharCode(...file.subarray(128, 132)) !== "DICM") return false;
  try {
    return dicomParser.parseDicom(file, { untilTag: "x00080018" }).string("x00080016") === SEGMENTATION_CLASS;
  } catch {
    return false;
  }
}

/**
 * Reads the heads of a DICOM Segmentation (PS3.3 A.51), binary or fractional: one per segment, with the side from its
 * code or label. Values above 0 are inside. Frames of the same segment are merged.
 *
 * @throws {SyntaxError} if it is not such an object, is compressed or big-endian, is too large, or has fewer pixels than
 * its header says.
 */
export function decodeDicomSegmentation(file: Uint8Array): FilmSize & { readonly heads: SidedMask[] } {
  if (!isDicomSegmentation(file)) throw new SyntaxError("The file must be a DICOM Segmentation");
  const object = parsed(file), syntax = object.string("x00020010");
  if (!PLAIN_SYNTAXES.includes(syntax)) {
    throw new SyntaxError(`A DICOM Segmentation must be uncompressed, little endian (got ${syntax})`);
  }
  const widthPx = object.uint16("x00280011") ?? 0, heightPx = object.uint16("x00280010") ?? 0;
  const frames = Number(object.string("x00280008") ?? 1), bits = object.uint16("x00280100");
  const size = widthPx * heightPx, data = object.elements.x7fe00010;
  if (!(size > 0 && frames > 0 && size * frames <= MOST_PIXELS) || (bits !== 1 && bits !== 8)) {
    throw new SyntaxError(
      `A DICOM Segmentation must have rows, columns, frames, at most ${MOST_PIXELS} pixels in all, and 1 or 8 bits per pixel (got ${heightPx} x ${widthPx}, ${frames}, ${bits})`,
    );
  }
  const bytes = object.byteArray.subarray(data?.dataOffset ?? 0, data ? data.dataOffset + data.length : 0);
  if (bytes.length < Math.ceil(size * frames * bits / 8)) {
    throw new SyntaxError(
      `A DICOM Segmentation of ${frames} frames must have ${Math.ceil(size * frames * bits / 8)} bytes of ` +
        `pixels (got ${bytes.length})`,
    );
  }
  /** Pixels of all frames are stored without gaps, lowest bit first (PS3.5 8.1.1). */
  const isSet = (at: number) => bits === 1 ? (bytes[at >> 3] >> (at & 7)) & 1 : bytes[at] > 0 ? 1 : 0;
  const joined = new Map<number, Uint8Array>();
  segmentOfFrame(object, frames).forEach((segment, f) => {
    const mask = joined.get(segment) ?? new Uint8Array(size); // [heightPx, widthPx]
    for (let i = 0, at = f * size; i < size; i++, at++) if (isSet(at)) mask[i] = 1;
    joined.set(segment, mask);
  });
  const sides = sidesOf(object);
  const heads = [...joined].flatMap(([segment, mask]) => {
    const boxed = boxMask(mask, { widthPx, heightPx });
    return boxed ? [{ side: sides.get(segment) ?? "unknown", ...boxed }] : [];
  });
  return { widthPx, heightPx, heads };
}

function parsed(file: Uint8Array): DataSet {
  try {
    return dicomParser.parseDicom(file);
  } catch (cause) {
    throw new SyntaxError("The DICOM Segmentation cannot be parsed: it may be truncated", { cause });
  }
}

/** Items of a sequence. */
function itemsOf(object: DataSet | undefined, tag: string): DataSet[] {
  const element: Element | undefined = object?.elements[tag];
  return (element?.items ?? []).flatMap(({ dataSet }) => dataSet ? [dataSet] : []);
}

/** Segment number of each frame, from its own functional group or from the shared one (PS3.3 C.8.20.3.1). */
function segmentOfFrame(object: DataSet, frames: number): number[] {
  // Segment Identification Sequence, Referenced Segment Number.
  const numberIn = (group: DataSet | undefined) => itemsOf(group, "x0062000a")[0]?.uint16("x0062000b");
  const shared = numberIn(itemsOf(object, "x52009229")[0]), perFrame = itemsOf(object, "x52009230");
  return Array.from({ length: frames }, (_, f) => numberIn(perFrame[f]) ?? shared ?? 1);
}

/** Side of each segment, from the modifier of its property type or anatomic region, otherwise from its label. */
function sidesOf(object: DataSet): Map<number, SidedMask["side"]> {
  return new Map(
    itemsOf(object, "x00620002").map((segment) => {
      const [type] = itemsOf(segment, "x0062000f"), [region] = itemsOf(segment, "x00082218");
      const codes = [...itemsOf(type, "x00620011"), ...itemsOf(region, "x00082220")]
        .map((code) => code.string("x00080100") ?? "");
      const number = segment.uint16("x00620004") ?? 1, label = segment.string("x00620005") ?? "";
      if (codes.some((code) => RIGHT_CODES.includes(code))) return [number, "right"];
      if (codes.some((code) => LEFT_CODES.includes(code))) return [number, "left"];
      return [number, sideOfName(label)];
    }),
  );
}
