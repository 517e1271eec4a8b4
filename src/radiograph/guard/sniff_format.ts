import { RadiographError } from "./radiograph_error.ts";

/** The formats this room reads. */
export type Format = "dicom" | "png" | "tiff" | "jpeg";

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
  ["RIFF", "a WebP picture or other RIFF file"],
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
