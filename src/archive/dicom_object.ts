import dcmjs from "dcmjs";
import { dicomUid } from "./dicom_uid.ts";

/** A data set by attribute names as in dcmjs; sequences are arrays. */
export type Attributes = Record<string, unknown>;

/** Implementation class UID of Caput. */
const IMPLEMENTATION = dicomUid("implementation");
const EXPLICIT_LITTLE = "1.2.840.10008.1.2.1";

/** A DICOM file with its SOP class UID and SOP instance UID. */
export interface DicomObject {
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

// deno-lint-ignore no-explicit-any
const { DicomMetaDictionary, DicomDict } = (dcmjs as any).data;

/**
 * Writes a data set as a DICOM file (PS3.10) in explicit VR little endian, with text in UTF-8.
 *
 * @param attributes including `SOPClassUID` and `SOPInstanceUID`; `PixelData` as bytes
 */
export function dicomObject(attributes: Attributes): DicomObject {
  const { SOPClassUID, SOPInstanceUID, PixelData, ...rest } = attributes as Attributes & {
    SOPClassUID: string;
    SOPInstanceUID: string;
    PixelData?: Uint8Array;
  };
  const meta = {
    "00020001": { vr: "OB", Value: [Uint8Array.of(0, 1).buffer] },
    "00020002": { vr: "UI", Value: [SOPClassUID] },
    "00020003": { vr: "UI", Value: [SOPInstanceUID] },
    "00020010": { vr: "UI", Value: [EXPLICIT_LITTLE] },
    "00020012": { vr: "UI", Value: [IMPLEMENTATION] },
    "00020013": { vr: "SH", Value: ["CAPUT"] },
  };
  const dict = new DicomDict(meta);
  dict.dict = DicomMetaDictionary.denaturalizeDataset({
    SpecificCharacterSet: "ISO_IR 192",
    SOPClassUID,
    SOPInstanceUID,
    ...rest,
    ...(PixelData
      ? {
        PixelData: [even(PixelData)],
        _vrMap: { PixelData: "BitsAllocated" in rest && rest.BitsAllocated === 16 ? "OW" : "OB" },
      }
      : {}),
  });
  return {
    sopClassUid: SOPClassUID,
    sopInstanceUid: SOPInstanceUID,
    bytes: new Uint8Array(dict.write({ fragmentMultiframe: false })),
  };
}

/** Pads a value to an even number of bytes (PS3.5 7.1.1). */
function even(bytes: Uint8Array): ArrayBuffer {
  const out = new Uint8Array(bytes.length + bytes.length % 2);
  out.set(bytes);
  return out.buffer;
}

/**
 * A decimal string (PS3.5 6.2, VR DS) of at most 16 characters, with as many digits as fit, at most 15.
 *
 * @throws {RangeError} if the value is not finite.
 */
export function decimalString(value: number): string {
  for (let digits = Number.isFinite(value) ? 15 : 0; digits > 0; digits--) {
    const text = String(Number(value.toPrecision(digits)));
    if (text.length <= 16) return text;
  }
  throw new RangeError(`Cannot write a number: it must be finite, got ${value}`);
}

/** Date and time in DICOM format, UTC. */
export function dateAndTime(at: Date): { date: string; time: string } {
  const digits = at.toISOString().replace(/[-:]/g, "");
  return { date: digits.slice(0, 8), time: digits.slice(9, 15) };
}
