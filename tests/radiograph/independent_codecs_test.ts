import { assertEquals } from "@std/assert";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { dicomHeader } from "../../src/radiograph/dicom/dicom_header.ts";
import { compressedFrames } from "../../src/radiograph/dicom/frame_bytes.ts";
import { readDicom } from "../../src/radiograph/dicom/read_dicom.ts";
import { storedValues } from "../../src/radiograph/dicom/stored_values.ts";
import { hasSharedData, sharedBytes, sharedJson } from "./shared_data.ts";

const ignore = !hasSharedData, require = createRequire(import.meta.url);

/** Common interface of the decoders of the Cornerstone project. */
interface Decoder {
  getEncodedBuffer(length: number): Uint8Array;
  decode(): void;
  getDecodedBuffer(): Uint8Array;
  getFrameInfo(): { width: number; height: number; bitsPerSample: number; componentCount: number };
  delete(): void;
}

const decoders: Record<string, { script: string; wasm: string; name: string }> = {
  "jpeg-ls": {
    script: "@cornerstonejs/codec-charls/decodewasmjs",
    wasm: "charlswasm_decode.wasm",
    name: "JpegLSDecoder",
  },
  "jpeg-2000": {
    script: "@cornerstonejs/codec-openjpeg/decodewasmjs",
    wasm: "openjpegwasm_decode.wasm",
    name: "J2KDecoder",
  },
  "htj2k": { script: "@cornerstonejs/codec-openjph/wasmjs", wasm: "openjphjs.wasm", name: "HTJ2KDecoder" },
};

const opened = new Map<string, Promise<Record<string, new () => Decoder>>>();

/** Opens the module of a decoder once, with its output suppressed. */
function openDecoder(coding: string): Promise<Record<string, new () => Decoder>> {
  const { script, wasm } = decoders[coding];
  const found = opened.get(coding) ?? (async () => {
    const factory = require(script),
      wasmBinary = await Deno.readFile(join(dirname(require.resolve(script)), wasm));
    return await (factory.default ?? factory)({ wasmBinary, print() {}, printErr() {} });
  })();
  opened.set(coding, found);
  return found;
}

Deno.test({
  name: "JPEG-LS, JPEG 2000 and HTJ2K give the same stored values as the decoders of the Cornerstone project",
  ignore,
  async fn() {
    const compared: Record<string, number> = { "jpeg-ls": 0, "jpeg-2000": 0, "htj2k": 0 };
    for (const row of (await sharedJson("dicom/oracle.json")).files) {
      if (row.SamplesPerPixel !== 1 || !/^1\.2\.840\.10008\.1\.2\.4\.(8[01]|9[01]|20[13])$/.test(row.ts)) {
        continue;
      }
      if (/wrongts|embedded-sequence-delimiter/.test(row.file)) continue;
      const bytes = await sharedBytes(`dicom/${row.file}`),
        header = dicomHeader(bytes),
        { coding } = header.syntax;
      const ours = await readDicom(bytes), module = await openDecoder(coding);
      const frames = compressedFrames(header).map((frame) => {
        const decoder = new module[decoders[coding].name]();
        decoder.getEncodedBuffer(frame.length).set(frame);
        decoder.decode();
        const out = decoder.getDecodedBuffer().slice(), { bitsPerSample } = decoder.getFrameInfo();
        decoder.delete();
        return { out, bitsPerSample };
      });
      // Not compared: samples of up to 8 bits in 16 allocated bits, which the other decoders return as bytes.
      if (frames[0].out.length !== header.rows * header.columns * header.bitsAllocated / 8) continue;
      const all = new Uint8Array(frames.reduce((n, { out }) => n + out.length, 0));
      frames.forEach(({ out }, i) => all.set(out, i * frames[0].out.length));
      assertEquals(storedValues(all, header), ours.samples, row.file);
      compared[coding]++;
    }
    assertEquals(
      compared["jpeg-ls"] >= 15 && compared["jpeg-2000"] >= 25 && compared["htj2k"] >= 3,
      true,
      JSON.stringify(compared),
    );
  },
});
