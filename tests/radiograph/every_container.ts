/** One grey film in many lossless formats. */
import { deflateRawSync } from "node:zlib";
import { encodePng } from "../../src/image/encode_png.ts";
import { encodeFrame, encodeRle } from "./encode_frames.ts";
import { dicomFile, type Element } from "./make_dicom.ts";

/** A film of up to 16 bits. */
export interface PlainFilm {
  readonly words: Uint16Array<ArrayBuffer>;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly bitsStored: number;
}

/** DICOM elements of the film; `pixels` is the element with its pixel data. */
export function filmElements({ widthPx, heightPx, bitsStored }: PlainFilm, pixels: Element): Element[] {
  return [
    ["00080016", "UI", "1.2.840.10008.5.1.4.1.1.1"],
    ["00080018", "UI", "1.2.3.4"],
    ["0020000D", "UI", "1.2.3"],
    ["0020000E", "UI", "1.2.3.5"],
    ["00280002", "US", 1],
    ["00280004", "CS", "MONOCHROME2"],
    ["00280010", "US", heightPx],
    ["00280011", "US", widthPx],
    ["00280100", "US", 16],
    ["00280101", "US", bitsStored],
    ["00280102", "US", bitsStored - 1],
    ["00280103", "US", 0],
    pixels,
  ];
}

/** 16-bit words in the opposite byte order. */
function swapped(words: Uint16Array): Uint8Array {
  return new Uint8Array(words.map((word) => word << 8 | word >> 8).buffer);
}

/** A plain TIFF: one strip, no compression, either byte order. */
export function plainTiff({ words, widthPx, heightPx }: PlainFilm, { little = true } = {}): Uint8Array {
  const tags = [[256, widthPx], [257, heightPx], [258, 16], [259, 1], [262, 1], [273, 8], [277, 1], [
    278,
    heightPx,
  ], [
    279,
    2 * words.length,
  ]];
  const start = 8 + 2 * words.length, out = new Uint8Array(start + 2 + 12 * tags.length + 4);
  const view = new DataView(out.buffer);
  out.set(little ? [0x49, 0x49] : [0x4d, 0x4d]);
  view.setUint16(2, 42, little);
  view.setUint32(4, start, little);
  out.set(little ? new Uint8Array(words.buffer) : swapped(words), 8);
  view.setUint16(start, tags.length, little);
  tags.forEach(([tag, value], i) => {
    const at = start + 2 + 12 * i;
    view.setUint16(at, tag, little);
    view.setUint16(at + 2, 4, little);
    view.setUint32(at + 4, 1, little);
    view.setUint32(at + 8, value, little);
  });
  return out;
}

/** The film as lossless JPEG, written by DCMTK's dcmcjpeg, or null if dcmcjpeg is not installed or fails. */
async function dcmtkJpeg(plain: Uint8Array, options: string[]): Promise<Uint8Array | null> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeFile(`${folder}/in.dcm`, plain);
    const args = [...options, `${folder}/in.dcm`, `${folder}/out.dcm`];
    const { success } = await new Deno.Command("dcmcjpeg", { args, stderr: "null" }).output();
    return success ? await Deno.readFile(`${folder}/out.dcm`) : null;
  } catch {
    return null;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/**
 * The film as DICOM in many lossless transfer syntaxes, as PNG, and as TIFF; `skipped` lists formats that no installed
 * tool can write.
 */
export async function everyContainer(
  film: PlainFilm,
): Promise<{ files: Map<string, Uint8Array>; skipped: string[] }> {
  const { words, widthPx, heightPx, bitsStored } = film, bytes = new Uint8Array(words.buffer);
  const plain = filmElements(film, ["7FE00010", "OW", bytes]);
  const coded = (uid: string, frame: Uint8Array) =>
    dicomFile(filmElements(film, ["7FE00010", "OB", { frames: [frame] }]), {
      uid: `1.2.840.10008.1.2.${uid}`,
    });
  const frame = { samples: words, columns: widthPx, rows: heightPx, bits: bitsStored };
  const files = new Map<string, Uint8Array>([
    ["explicit", dicomFile(plain)],
    ["implicit", dicomFile(plain, { uid: "1.2.840.10008.1.2", implicit: true })],
    [
      "big endian",
      dicomFile(filmElements(film, ["7FE00010", "OW", swapped(words)]), {
        uid: "1.2.840.10008.1.2.2",
        bigEndian: true,
      }),
    ],
    ["deflated", dicomFile(plain, { uid: "1.2.840.10008.1.2.1.99", deflated: true })],
    ["encapsulated uncompressed", coded("1.98", bytes)],
    ["deflated frame", coded("8.1", new Uint8Array(deflateRawSync(bytes)))],
    ["RLE", coded("5", encodeRle(words))],
    ["JPEG-LS", coded("4.80", await encodeFrame("jpeg-ls", frame))],
    ["JPEG 2000", coded("4.90", await encodeFrame("jpeg-2000", frame))],
    ["HTJ2K", coded("4.201", await encodeFrame("htj2k", frame))],
    ["PNG", encodePng({ widthPx, heightPx, samples: words }, { level: 1 })],
    ["TIFF", plainTiff(film)],
    ["TIFF, big endian", plainTiff(film, { little: false })],
  ]);
  const skipped: string[] = [];
  const lossless = {
    "JPEG lossless, first predictor": ["+e1"],
    "JPEG lossless, predictor 6": ["+el", "+sv", "6"],
  };
  for (const [name, options] of Object.entries(lossless)) {
    const file = await dcmtkJpeg(files.get("explicit")!, options);
    if (file) files.set(name, file);
    else skipped.push(name);
  }
  return { files, skipped };
}
