import { type CodestreamHeader, codestreamHeader } from "../codecs/codestream_header.ts";
import { checkSize } from "../guard/limits.ts";
import { NativeCodecs } from "../codecs/native_codecs.ts";
import { orient } from "../stored/orient.ts";
import { RadiographError } from "../guard/radiograph_error.ts";
import { noFacts, plainRules, type Samples, type StoredImage } from "../stored/stored_image.ts";
import { tiffDirectory } from "../tiff/tiff_directory.ts";
import { unguarded } from "../guard/time_guard.ts";

/**
 * Reads a JPEG file: baseline, extended, progressive or lossless, 8 to 16 bits. Three components become red, green and
 * blue, four become inks (CMYK). The image is rotated upright by its EXIF orientation; nothing else in EXIF is read.
 *
 * @param guard limits the processor time.
 * @throws {RadiographError} if the file cannot be read; the message says why.
 */
export async function readJpeg(file: Uint8Array, guard = unguarded): Promise<StoredImage> {
  const { rows, columns } = guard(() => codestreamHeader(file));
  guard.allowPixels(rows * columns);
  const codecs = await NativeCodecs.load();
  return guard(() => readWith(codecs, file));
}

function readWith(codecs: NativeCodecs, file: Uint8Array): StoredImage {
  const found = codestreamHeader(file), { components, precision } = found;
  checkSize({ ...found, samplesPerPixel: components, bytesPerSample: precision > 8 ? 2 : 1 });
  if (found.coding !== "jpeg" || ![1, 3, 4].includes(components)) {
    throw new RadiographError(
      "Cannot read the JPEG: it must be JPEG (not JPEG-LS) with one, three or four components",
      {
        code: "unsupported-format",
        fix: "Save the film again as PNG.",
      },
    );
  }
  const bytes = decode(codecs, { file, found });
  const samples: Samples = precision > 8 ? new Uint16Array(bytes.buffer) : bytes;
  if (samples.length !== found.rows * found.columns * components) {
    throw new RadiographError(
      "Cannot read the JPEG: the decoder returned a size that differs from the header's",
      {
        code: "corrupt",
        fix: "Copy or export the file again.",
      },
    );
  }
  if (components === 4) toInks(samples, adobeTransform(file));
  const { rows, columns } = found;
  return {
    ...orient({ rows, columns, samples, samplesPerPixel: components }, exifOrientation(file)),
    format: "jpeg",
    transferSyntax: null,
    frames: 1,
    samplesPerPixel: components,
    bitsStored: precision,
    signed: false,
    photometric: components === 1 ? "GREY" : components === 3 ? "RGB" : "CMYK",
    rules: plainRules,
    facts: { ...noFacts, pixelAspect: pixelAspect(file) },
  };
}

function decode(
  codecs: NativeCodecs,
  { file, found }: { file: Uint8Array; found: CodestreamHeader },
): Uint8Array<ArrayBuffer> {
  const { columns, rows, components, precision } = found;
  return codecs.decode("DecodeJpeg", file, {
    columns,
    rows,
    bitsAllocated: precision > 8 ? 16 : 8,
    bitsStored: precision,
    samplesPerPixel: components,
    signed: false,
    photometric: ["", "MONOCHROME2", "", "YBR_FULL", "CMYK"][components],
    toRgb: components === 3,
  });
}

/** Tag 274 of the EXIF block in an APP1 segment (Exif 2.3, 4.7.2), or 1. */
function exifOrientation(file: Uint8Array): number {
  const exif = segment(file, { marker: 0xe1, opening: "Exif\0\0" });
  if (exif === null) return 1;
  try {
    return tiffDirectory(exif).value(274, 1);
  } catch {
    return 1; // a damaged EXIF block is ignored
  }
}

/**
 * Height over width of an upright pixel, from the densities in JFIF's APP0 segment (T.871 10.1), which may be only a
 * ratio.
 */
function pixelAspect(file: Uint8Array): number {
  const jfif = segment(file, { marker: 0xe0, opening: "JFIF\0" });
  if (jfif === null || jfif.length < 7) return 1;
  const x = jfif[3] << 8 | jfif[4], y = jfif[5] << 8 | jfif[6], aspect = x > 0 && y > 0 ? x / y : 1;
  return exifOrientation(file) >= 5 ? 1 / aspect : aspect; // rows and columns were swapped
}

/** The colour transform in Adobe's APP14 segment (T.872 6.5.3): 0 for none, 2 for YCCK; null without such a segment. */
function adobeTransform(file: Uint8Array): number | null {
  const adobe = segment(file, { marker: 0xee, opening: "Adobe" });
  return adobe === null ? null : adobe[6] ?? 0;
}

/**
 * Converts four components to cyan, magenta, yellow and black, in place. Converts YCCK back to CMYK and undoes the
 * inversion of files written by Adobe software.
 */
function toInks(samples: Samples, transform: number | null): void {
  const byte = (value: number) => Math.min(255, Math.max(0, Math.round(value)));
  for (let i = 0; transform === 2 && i < samples.length; i += 4) {
    const [y, cb, cr] = [samples[i], samples[i + 1] - 128, samples[i + 2] - 128];
    samples[i] = 255 - byte(y + 1.402 * cr);
    samples[i + 1] = 255 - byte(y - 0.344136 * cb - 0.714136 * cr);
    samples[i + 2] = 255 - byte(y + 1.772 * cb);
  }
  if (transform === null) return;
  for (let i = 0; i < samples.length; i++) samples[i] = 255 - samples[i];
}

/** The data after `opening` in the first matching segment before the first scan, or null if there is none. */
function segment(
  file: Uint8Array,
  { marker, opening }: { marker: number; opening: string },
): Uint8Array | null {
  for (let at = 2; at + 4 <= file.length && file[at] === 0xff && file[at + 1] !== 0xda;) {
    const end = at + 2 + (file[at + 2] << 8 | file[at + 3]), start = at + 4 + opening.length;
    if (file[at + 1] === marker && String.fromCharCode(...file.subarray(at + 4, start)) === opening) {
      return file.subarray(start, end);
    }
    at = end;
  }
  return null;
}
