import { RadiographError } from "./radiograph_error.ts";

/** The formats this room reads. */
export type Format = "dicom" | "png" | "tiff" | "jpeg";

/** Pictures that phones and browsers write: how they are recognised, and what makes a film of them. */
function photoFormat(bytes: Uint8Array): string | null {
  const brand = new TextDecoder("latin1").decode(bytes.subarray(8, 12));
  if (startsWith(bytes, "RIFF") && brand === "WEBP") return "WebP";
  if (!startsWith(bytes, "ftyp", 4)) return null;
  if (/^(heic|heix|hevc|hevx|heim|heis|mif1|msf1)$/.test(brand)) {
    // mif1 is the common brand of HEIC and AVIF; what follows in the list of brands decides.
    return new TextDecoder("latin1").decode(bytes.subarray(16, 64)).includes("avif") ? "AVIF" : "HEIC";
  }
  return brand === "avif" || brand === "avis" ? "AVIF" : null;
}

/** Known beginnings of files that are something else. */
const strangers: readonly [string, string][] = [
  ["PK\x03\x04", "a ZIP archive"],
  ["%PDF", "a PDF document"],
  ["\x1f\x8b", "a gzip archive"],
  ["GIF8", "a GIF picture"],
  ["BM", "a BMP picture"],
  ["\x00\x00\x00\x0cjP  ", "a bare JPEG 2000 picture"],
  ["\xffO\xffQ", "a bare JPEG 2000 codestream"],
  ["n+1\x00", "a NIfTI volume"],
  ["{", "a JSON text"],
];

function startsWith(bytes: Uint8Array, magic: string, at = 0): boolean {
  if (bytes.length < at + magic.length) return false;
  for (let i = 0; i < magic.length; i++) if (bytes[at + i] !== magic.charCodeAt(i)) return false;
  return true;
}

/** Whether bytes without the "DICM" mark open like a DICOM data set: group 2 or 8, a plausible length. */
function looksLikeBareDicom(bytes: Uint8Array): boolean {
  if (bytes.length < 16) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const little of [true, false]) {
    const group = view.getUint16(0, little), element = view.getUint16(2, little);
    if ((group !== 2 && group !== 8) || element > 0x2000) continue;
    const explicit = isVr(bytes, 4);
    const length = explicit ? view.getUint16(6, little) : view.getUint32(4, little);
    if ((explicit || little) && length <= bytes.length) return true;
  }
  return false;
}

/** Two capital letters, as every value representation is. */
export function isVr(bytes: Uint8Array, at: number): boolean {
  const capital = (byte: number) => byte >= 65 && byte <= 90;
  return capital(bytes[at]) && capital(bytes[at + 1]);
}

/**
 * Names a file's format by its first bytes; names and extensions are never believed.
 *
 * @throws {RadiographError} `empty`, `not-an-image`.
 */
export function sniffFormat(bytes: Uint8Array): Format {
  if (bytes.length === 0) {
    throw new RadiographError("Cannot read the file: it is empty (0 bytes)", {
      code: "empty",
      fix: "Copy the file again from where it came.",
    });
  }
  if (startsWith(bytes, "DICM", 128) || startsWith(bytes, "DICM")) return "dicom";
  if (startsWith(bytes, "\x89PNG\r\n\x1a\n")) return "png";
  if (startsWith(bytes, "\xff\xd8\xff")) return "jpeg";
  for (const magic of ["II*\0", "MM\0*", "II+\0", "MM\0+"]) if (startsWith(bytes, magic)) return "tiff";
  if (looksLikeBareDicom(bytes)) return "dicom";
  const photo = photoFormat(bytes);
  if (photo) {
    throw new RadiographError(
      `Cannot read the file: DICOM, PNG, TIFF and JPEG are known, got a ${photo} picture`,
      {
        code: "not-an-image",
        fix:
          `${photo} is written by phones and web pages. Best export the film from the archive as DICOM; else convert the ` +
          "picture to PNG (not to JPEG, which would compress it again).",
      },
    );
  }
  throw new RadiographError(
    `Cannot read the file: DICOM, PNG, TIFF and JPEG are known, got ${describe(bytes)}`,
    {
      code: "not-an-image",
      fix: "Give the radiograph itself; if this should be one, export it again as DICOM.",
    },
  );
}

function describe(bytes: Uint8Array): string {
  for (const [magic, name] of strangers) if (startsWith(bytes, magic)) return name;
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, 512)).trimStart().toLowerCase();
  if (head.startsWith("<!doctype html") || head.startsWith("<html")) return "a web page";
  if (head.startsWith("<")) return "an XML text";
  return `${bytes.length} bytes of something else`;
}
