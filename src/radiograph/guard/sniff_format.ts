import { RadiographError } from "./radiograph_error.ts";

/** Supported file formats. */
export type Format = "dicom" | "png" | "tiff" | "jpeg";

/** The name of an image format of phones and browsers, or null if the file is none of these. */
function photoFormat(bytes: Uint8Array): string | null {
  const brand = new TextDecoder("latin1").decode(bytes.subarray(8, 12));
  if (startsWith(bytes, "RIFF") && brand === "WEBP") return "WebP";
  if (!startsWith(bytes, "ftyp", 4)) return null;
  if (/^(heic|heix|hevc|hevx|heim|heis|mif1|msf1)$/.test(brand)) {
    // HEIC and AVIF share the brand mif1; the list of compatible brands that follows distinguishes them.
    return new TextDecoder("latin1").decode(bytes.subarray(16, 64)).includes("avif") ? "AVIF" : "HEIC";
  }
  return brand === "avif" || brand === "avis" ? "AVIF" : null;
}

/** Magic numbers of files in other formats, and where they are if not at the start. */
const otherFormats: readonly [magic: string, name: string, at?: number][] = [
  ["PK\x03\x04", "a ZIP archive"],
  ["%PDF", "a PDF document"],
  ["\x1f\x8b", "a gzip file"],
  ["GIF8", "a GIF image"],
  ["BM", "a BMP image"],
  ["\x00\x00\x00\x0cjP  ", "a bare JPEG 2000 image"],
  ["\xffO\xffQ", "a bare JPEG 2000 codestream"],
  ["n+1\x00", "a NIfTI volume", 344],
  ["n+2\x00", "a NIfTI volume", 4],
  ["{", "a JSON file"],
];

function startsWith(bytes: Uint8Array, magic: string, at = 0): boolean {
  if (bytes.length < at + magic.length) return false;
  for (let i = 0; i < magic.length; i++) if (bytes[at + i] !== magic.charCodeAt(i)) return false;
  return true;
}

/** Whether bytes without the prefix "DICM" start like a DICOM data set: group 2 or 8 and a plausible length. */
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

/** Whether there are two capital letters at `at`, the form of every value representation. */
export function isVr(bytes: Uint8Array, at: number): boolean {
  const capital = (byte: number) => byte >= 65 && byte <= 90;
  return capital(bytes[at]) && capital(bytes[at + 1]);
}

/**
 * Detects a file's format from its first bytes. Its name and extension are ignored.
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
      `Cannot read the file: it must be DICOM, PNG, TIFF or JPEG, got a ${photo} image`,
      {
        code: "not-an-image",
        fix:
          `${photo} is a format of phones and web pages. Export the film from the archive as DICOM if you can; otherwise ` +
          "convert the image to PNG (not to JPEG, which would compress it again).",
      },
    );
  }
  throw new RadiographError(
    `Cannot read the file: it must be DICOM, PNG, TIFF or JPEG, got ${describe(bytes)}`,
    {
      code: "not-an-image",
      fix: "Give the radiograph itself. If this file is meant to be one, export it again as DICOM.",
    },
  );
}

function describe(bytes: Uint8Array): string {
  for (const [magic, name, at] of otherFormats) if (startsWith(bytes, magic, at)) return name;
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, 512)).trimStart().toLowerCase();
  if (head.startsWith("<!doctype html") || head.startsWith("<html")) return "a web page";
  if (head.startsWith("<")) return "an XML file";
  return `${bytes.length} bytes of an unknown format`;
}
