/** Encoders for tests: a frame of grey samples as a codestream of another project's encoder, or as RLE. */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);

/** A frame to be encoded. */
export interface PlainFrame {
  readonly samples: Uint8Array | Uint16Array | Int8Array | Int16Array;
  readonly columns: number;
  readonly rows: number;
  /** Bits per sample. */
  readonly bits: number;
}

const encoders = {
  "jpeg-ls": ["@cornerstonejs/codec-charls/wasmjs", "charlswasm.wasm", "JpegLSEncoder"],
  "jpeg-2000": ["@cornerstonejs/codec-openjpeg/wasmjs", "openjpegwasm.wasm", "J2KEncoder"],
  "htj2k": ["@cornerstonejs/codec-openjph/wasmjs", "openjphjs.wasm", "HTJ2KEncoder"],
} as const;

// deno-lint-ignore no-explicit-any
const opened = new Map<string, Promise<any>>();

/** A lossless codestream of the frame, by CharLS, OpenJPEG or OpenJPH. */
export async function encodeFrame(
  coding: keyof typeof encoders,
  { samples, columns, rows, bits }: PlainFrame,
): Promise<Uint8Array> {
  const [script, wasm, name] = encoders[coding];
  if (!opened.has(coding)) {
    const factory = require(script);
    const wasmBinary = await Deno.readFile(join(dirname(require.resolve(script)), wasm));
    opened.set(coding, (factory.default ?? factory)({ wasmBinary, print() {}, printErr() {} }));
  }
  const encoder = new (await opened.get(coding))[name]();
  const isSigned = samples instanceof Int8Array || samples instanceof Int16Array;
  encoder.getDecodedBuffer({
    ...{ width: columns, height: rows, bitsPerSample: bits, componentCount: 1, isSigned },
    isUsingColorTransform: false,
  }).set(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength));
  if (coding === "jpeg-ls") encoder.setNearLossless(0);
  else {
    encoder.setQuality(true, 0);
    encoder.setDecompositions(3); // a small image allows no more
  }
  encoder.encode();
  const stream = encoder.getEncodedBuffer().slice();
  encoder.delete();
  return stream;
}

/** DICOM RLE of 16-bit samples: literal runs in one segment of high bytes and one of low bytes (PS3.5 annex G). */
export function encodeRle(samples: Uint16Array): Uint8Array {
  const segment = (shift: number) => {
    const out: number[] = [];
    for (let at = 0; at < samples.length; at += 128) {
      const run = samples.subarray(at, at + 128);
      out.push(run.length - 1, ...Array.from(run, (value) => value >> shift & 255));
    }
    return out.length % 2 ? [...out, 128] : out;
  };
  const high = segment(8), low = segment(0), header = new DataView(new ArrayBuffer(64));
  header.setUint32(0, 2, true);
  header.setUint32(4, 64, true);
  header.setUint32(8, 64 + high.length, true);
  return Uint8Array.from([...new Uint8Array(header.buffer), ...high, ...low]);
}
