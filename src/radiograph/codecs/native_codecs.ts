import { packageFile, sha256 } from "../../platform/platform.ts";
import { RadiographError } from "../guard/radiograph_error.ts";

/** sha256 of dcmjs-codecs 0.0.8's build/dcmjs-native-codecs.wasm, the only build that is accepted. */
const wasmSha256 = "dff1bc9b3872588c231ea90894f05e7eacd7f5074b9db964e64e7f3f29821d30";

/**
 * Memory section of that module (4,096 to 32,768 pages of 64 KiB), and the one that replaces it: at most 16,384 pages
 * (1 GiB).
 */
const memoryGiven = [0x05, 0x07, 0x01, 0x01, 0x80, 0x20, 0x80, 0x80, 0x02];
const memoryCapped = [0x05, 0x07, 0x01, 0x01, 0x80, 0x20, 0x80, 0x80, 0x01];

/** An instance whose memory grew beyond this is discarded after use, because WebAssembly memory cannot shrink. */
const keptBytes = 320 * 2 ** 20;

/** The module's decoders that are used. */
export type NativeDecoder = "DecodeJpeg" | "DecodeJpegLs" | "DecodeJpeg2000";

/** Properties of the frame for the decoder. They must match the codestream; callers check this first. */
export interface NativeFrame {
  columns: number;
  rows: number;
  bitsAllocated: number;
  bitsStored: number;
  samplesPerPixel: number;
  signed: boolean;
  photometric: string;
  /** JPEG: convert YCbCr to RGB. @default {false} */
  toRgb?: boolean;
}

// deno-lint-ignore no-explicit-any
type Api = Record<string, any> & { memory: WebAssembly.Memory };

/** Photometric interpretations in the module's numbering. */
const photometrics =
  "MONOCHROME1,MONOCHROME2,PALETTE COLOR,RGB,YBR_FULL,YBR_FULL_422,YBR_PARTIAL_422,YBR_PARTIAL_420,YBR_ICT,YBR_RCT,CMYK"
    .split(",");

/**
 * Frame decoders in WebAssembly (CharLS, OpenJPEG, libjpeg), called without dcmjs-codecs' own JavaScript. They cannot
 * access files, the network or the console, their memory is limited, and an instance that failed is not used again.
 */
export class NativeCodecs {
  #module: WebAssembly.Module;
  #api: Api | null = null;

  private constructor(module: WebAssembly.Module) {
    this.#module = module;
  }

  /**
   * Loads the module and verifies its hash. Later calls return the same object.
   *
   * @throws {RadiographError} `integrity` if the hash is not the pinned one.
   */
  static load(): Promise<NativeCodecs> {
    return loaded ??= (async () => {
      const bytes = await packageFile("dcmjs-codecs", "dcmjs-native-codecs.wasm");
      const got = sha256(bytes);
      if (got !== wasmSha256) {
        throw new RadiographError(`Cannot load the decoders: sha256 must be ${wasmSha256}, got ${got}`, {
          code: "integrity",
          fix: "Run deno install again; the package dcmjs-codecs is not the pinned one.",
        });
      }
      return new NativeCodecs(await WebAssembly.compile(capMemory(bytes)));
    })();
  }

  /**
   * Decodes one frame.
   *
   * @returns little-endian samples in the module's layout, copied out of its memory.
   * @throws {RadiographError} `corrupt` or `memory-limit`.
   */
  decode(decoder: NativeDecoder, stream: Uint8Array, frame: NativeFrame): Uint8Array<ArrayBuffer> {
    const api = this.#api ??= instantiate(this.#module);
    this.#api = null;
    try {
      const bytes = callDecoder(api, decoder, { stream, frame });
      if (api.memory.buffer.byteLength <= keptBytes) this.#api = api;
      return bytes;
    } catch (cause) {
      const memory = /memory|alloc/i.test(String(cause)) || api.memory.buffer.byteLength > 2 ** 30 - 2 ** 24;
      throw new RadiographError(
        memory
          ? "Cannot decode the pixels: the decoder needs more than 1 GiB of memory"
          : `Cannot decode the pixels: the ${decoder.slice(6)} codestream is damaged`,
        {
          code: memory ? "memory-limit" : "corrupt",
          fix: memory ? "Export the film again, uncompressed or smaller." : "Copy or export the file again.",
          cause,
        },
      );
    }
  }
}

let loaded: Promise<NativeCodecs> | undefined;

/** The same module with a lower memory limit. */
function capMemory(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  for (let at = 0; at < 65536; at++) {
    if (memoryGiven.every((byte, i) => bytes[at + i] === byte)) {
      bytes.set(memoryCapped, at);
      return bytes;
    }
  }
  throw new RadiographError("Cannot load the decoders: their memory section was not found", {
    code: "integrity",
    fix: "Run deno install again; the package dcmjs-codecs is not the pinned one.",
  });
}

/** A new instance. Its system calls are stubs: the clock is fixed, output is discarded, errors become exceptions. */
function instantiate(module: WebAssembly.Module): Api {
  const words = () => new DataView(api.memory.buffer);
  const nothing = () => 0;
  const instance = new WebAssembly.Instance(module, {
    env: {
      emscripten_notify_memory_growth: nothing,
      onCodecsInfo: nothing,
      onCodecsTrace: nothing,
      onCodecsException(at: number, length: number) {
        throw new Error(new TextDecoder().decode(new Uint8Array(api.memory.buffer, at, length)));
      },
    },
    wasi_snapshot_preview1: {
      environ_get: nothing,
      environ_sizes_get(count: number, size: number) {
        words().setUint32(count, 0, true);
        words().setUint32(size, 0, true);
        return 0;
      },
      clock_time_get(_clock: number, _precision: bigint, at: number) {
        words().setBigUint64(at, 0n, true);
        return 0;
      },
      proc_exit(status: number) {
        throw new Error(`the decoder exited with status ${status}`);
      },
      fd_close: nothing,
      fd_seek: nothing,
      fd_write(_file: number, parts: number, count: number, written: number) {
        let bytes = 0;
        for (let i = 0; i < count; i++) bytes += words().getUint32(parts + 8 * i + 4, true);
        words().setUint32(written, bytes, true);
        return 0;
      },
    },
  });
  const api = instance.exports as unknown as Api;
  return api;
}

function callDecoder(
  api: Api,
  decoder: NativeDecoder,
  { stream, frame }: { stream: Uint8Array; frame: NativeFrame },
): Uint8Array<ArrayBuffer> {
  const context = api.CreateCodecsContext();
  api.SetColumns(context, frame.columns);
  api.SetRows(context, frame.rows);
  api.SetBitsAllocated(context, frame.bitsAllocated);
  api.SetBitsStored(context, frame.bitsStored);
  api.SetSamplesPerPixel(context, frame.samplesPerPixel);
  api.SetPixelRepresentation(context, frame.signed ? 1 : 0);
  api.SetPlanarConfiguration(context, 0);
  api.SetPhotometricInterpretation(context, photometrics.indexOf(frame.photometric));
  api.SetEncodedBufferSize(context, stream.length);
  new Uint8Array(api.memory.buffer).set(stream, api.GetEncodedBuffer(context));
  const parameters = api.CreateDecoderParameters();
  api.SetConvertColorspaceToRgb(parameters, frame.toRgb ? 1 : 0);
  api[decoder](context, parameters);
  const at = api.GetDecodedBuffer(context), length = api.GetDecodedBufferSize(context);
  const bytes = new Uint8Array(api.memory.buffer, at, length).slice();
  api.ReleaseDecoderParameters(parameters);
  api.ReleaseCodecsContext(context);
  return bytes;
}
