import dicomParser from "dicom-parser";
import { SYNTHETIC_SOURCE } from "../../image/synthetic_source.ts";
import { checkSize } from "../guard/limits.ts";
import { type DataSetPlace, locateDataSet } from "./locate_data_set.ts";
import { mendVrs } from "./mend_vrs.ts";
import { RadiographError } from "../guard/radiograph_error.ts";
import { readFacts } from "./read_facts.ts";
import { readPalette } from "./read_palette.ts";
import { readValueRules } from "./read_value_rules.ts";
import type { FilmFacts, Palette, ValueRules } from "../stored/stored_image.ts";
import type { TransferSyntax } from "./transfer_syntax.ts";

/**
 * The part of a DICOM header that is used: a fixed list of technical attributes, and the position of the pixels.
 */
export interface DicomHeader {
  /** Transfer syntax UID. */
  readonly uid: string;
  readonly syntax: TransferSyntax;
  readonly rows: number;
  readonly columns: number;
  readonly frames: number;
  readonly samplesPerPixel: number;
  readonly bitsAllocated: number;
  readonly bitsStored: number;
  readonly highBit: number;
  readonly signed: boolean;
  /** Whether colour planes are stored one after the other (PlanarConfiguration 1). */
  readonly planar: boolean;
  readonly photometric: string;
  /** Mask of the bits in a sample's container that hold an overlay (60xx,0102). */
  readonly overlayBits: number;
  /**
   * Whether no patient was imaged: Synthetic Data (0008,001C) is YES, or Manufacturer (0008,0070) is Caput's phantom.
   */
  readonly synthetic: boolean;
  /** Red, green and blue tables (0028,1101 and so on), or null. */
  readonly palette: Palette | null;
  readonly rules: ValueRules;
  readonly facts: FilmFacts;
  /** The whole data set, to which the offset of `pixels` refers. */
  readonly bytes: Uint8Array;
  readonly pixels: PixelPlace;
}

/** Position of the value of PixelData in the data set's bytes. */
export interface PixelPlace {
  readonly offset: number;
  /** Length in bytes, or null if it is undefined and fragments follow. */
  readonly length: number | null;
  /**
   * Whether the value representation is OW: bytes are stored as 16-bit words even if samples have 8 bits (PS3.5
   * 8.1.2).
   */
  readonly words: boolean;
}

/** DICOM objects without an image, by SOP class. */
const withoutImage: Readonly<Record<string, string>> = {
  "1.2.840.10008.1.3.10": "a DICOMDIR (index of a disc)",
  "1.2.840.10008.5.1.4.1.1.104.1": "an encapsulated PDF",
  "1.2.840.10008.5.1.4.1.1.11.1": "a presentation state",
};

/**
 * Reads and checks a DICOM header (PS3.3 C.7.6.3), before memory for pixels is allocated.
 *
 * @throws {RadiographError} `truncated`, `corrupt`, `bad-header`, `too-large`, `no-pixels` or
 * `unsupported-transfer-syntax`.
 */
export function dicomHeader(file: Uint8Array): DicomHeader {
  const place = locateDataSet(file);
  try {
    const bytes = place.implicit ? place.bytes : mendVrs(place.bytes, place.syntax);
    return readHeader({ ...place, bytes });
  } catch (cause) {
    if (cause instanceof RadiographError) throw cause;
    throw new RadiographError("Cannot read the DICOM header: an attribute is damaged", {
      code: "bad-header",
      fix: "Export the film again from the archive.",
      cause: asError(cause),
    });
  }
}

function readHeader(place: DataSetPlace): DicomHeader {
  const set = parseDataSet(place), pixels = pixelElement(set);
  return check({ ...attributes(set), ...place, pixels });
}

/**
 * Parses the data set up to the pixel data. dicom-parser throws strings and plain objects, which are converted to
 * errors.
 */
function parseDataSet({ bytes, syntax, implicit }: DataSetPlace): dicomParser.DataSet {
  const TransferSyntaxUID = implicit
    ? "1.2.840.10008.1.2"
    : syntax.bigEndian
    ? "1.2.840.10008.1.2.2"
    : "1.2.840.10008.1.2.1";
  try {
    return dicomParser.parseDicom(bytes, { TransferSyntaxUID, untilTag: "x7fe00010" });
  } catch (thrown) {
    const { exception } = thrown as { exception?: unknown };
    const cause = asError(exception ?? thrown);
    const cut = /past end|buffer over|seek|not found/.test(cause.message);
    throw new RadiographError(`Cannot read the DICOM file: it ${cut ? "ends too early" : "is damaged"}`, {
      code: cut ? "truncated" : "corrupt",
      fix: "Copy or export the file again.",
      cause,
    });
  }
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

/** Finds the pixel data element. If there is none, throws an error that says what kind of object this is. */
function pixelElement(set: dicomParser.DataSet): PixelPlace {
  const element = set.elements.x7fe00010;
  if (element && element.length !== 0) {
    const length = element.length === 0xffffffff ? null : element.length;
    return { offset: element.dataOffset, length, words: element.vr === "OW" };
  }
  const sop = set.string("x00080016") ?? "", modality = set.string("x00080060") ?? "";
  const got = Object.hasOwn(withoutImage, sop)
    ? withoutImage[sop]
    : set.elements.x00041220
    ? withoutImage["1.2.840.10008.1.3.10"]
    : set.elements.x7fe00008 || set.elements.x7fe00009
    ? "floating-point pixels"
    : modality === "SR"
    ? "a structured report"
    : "an object without pixel data";
  throw new RadiographError(`Cannot read an image: a film must have PixelData (7FE0,0010), got ${got}`, {
    code: "no-pixels",
    fix: "Give the image itself; disc indexes, reports and presentation states are not films.",
  });
}

type Attributes = Omit<DicomHeader, "uid" | "syntax" | "bytes" | "pixels">;

function attributes(set: dicomParser.DataSet): Attributes {
  const need = (tag: string, name: string): number => {
    const value = set.uint16(tag);
    if (value !== undefined) return value;
    throw new RadiographError(`Cannot read the DICOM header: ${name} is missing`, {
      code: "bad-header",
      fix: "Export the film again from the archive.",
    });
  };
  const bitsAllocated = need("x00280100", "BitsAllocated"), bitsStored = need("x00280101", "BitsStored");
  const signed = (set.uint16("x00280103") ?? 0) === 1;
  const frames = set.string("x00280008")?.trim() || "1"; // some writers leave this empty or 0 for a single frame
  return {
    rows: need("x00280010", "Rows"),
    columns: need("x00280011", "Columns"),
    frames: /^\d{1,15}$/.test(frames) ? Number(frames) || 1 : 0,
    samplesPerPixel: set.uint16("x00280002") ?? 1,
    bitsAllocated,
    bitsStored,
    highBit: set.uint16("x00280102") ?? bitsStored - 1,
    signed,
    planar: (set.uint16("x00280006") ?? 0) === 1,
    photometric: photometric(set.string("x00280004")),
    overlayBits: overlayBits(set),
    synthetic: set.string("x0008001c")?.trim().toUpperCase() === "YES" ||
      set.string("x00080070")?.trim() === SYNTHETIC_SOURCE,
    palette: readPalette(set, { signed, bitsStored }),
    rules: readValueRules(set, { signed, bitsStored }),
    facts: readFacts(set),
  };
}

/**
 * Bits of overlays stored in unused bits of the pixel containers, as DICOM allowed before 2004 (PS3.3 C.9.2). Such an
 * overlay declares more than one allocated bit.
 */
function overlayBits(set: dicomParser.DataSet): number {
  let bits = 0;
  for (let group = 0x6000; group <= 0x601e; group += 2) {
    const tag = `x${group.toString(16)}`, position = set.uint16(`${tag}0102`);
    if (position !== undefined && position < 32 && (set.uint16(`${tag}0100`) ?? 1) > 1) bits |= 1 << position;
  }
  return bits;
}

/**
 * A known photometric interpretation, `UNKNOWN` for any other text, or "" if there is none. Unknown text is dropped
 * because it could name a person.
 */
function photometric(text = ""): string {
  const name = text.trim();
  if (
    name === "" ||
    /^(MONOCHROME[12]|PALETTE COLOR|RGB|YBR_(FULL|FULL_422|PARTIAL_42[02]|ICT|RCT))$/.test(name)
  ) return name;
  return "UNKNOWN";
}

/** Checks the rules of PS3.3 C.7.6.3.1 that determine memory use and the meaning of values. */
function check(header: DicomHeader): DicomHeader {
  const { bitsAllocated, bitsStored, highBit, samplesPerPixel, photometric } = header;
  const refuse = (rule: string, got: string | number): never => {
    throw new RadiographError(`Cannot read the DICOM header: ${rule}, got ${got}`, {
      code: "bad-header",
      fix: "Export the film again from the archive.",
    });
  };
  if (![1, 8, 16, 32].includes(bitsAllocated)) refuse("BitsAllocated must be 1, 8, 16 or 32", bitsAllocated);
  if (bitsStored < 1 || bitsStored > bitsAllocated) {
    refuse(`BitsStored must be 1 to BitsAllocated (${bitsAllocated})`, bitsStored);
  }
  if (highBit < bitsStored - 1 || highBit >= bitsAllocated) {
    refuse(`HighBit must be ${bitsStored - 1} to ${bitsAllocated - 1}`, highBit);
  }
  if (samplesPerPixel !== 1 && samplesPerPixel !== 3) {
    refuse("SamplesPerPixel must be 1 or 3", samplesPerPixel);
  }
  const grey = /^(MONOCHROME[12]|PALETTE COLOR)$/.test(photometric),
    colour = /^(RGB|YBR_\w+)$/.test(photometric);
  if ((grey && samplesPerPixel !== 1) || (colour && samplesPerPixel !== 3)) {
    refuse(
      `SamplesPerPixel must be ${grey ? 1 : 3} for PhotometricInterpretation ${photometric}`,
      samplesPerPixel,
    );
  }
  checkSize({ ...header, bytesPerSample: Math.ceil(bitsAllocated / 8) });
  return header;
}
