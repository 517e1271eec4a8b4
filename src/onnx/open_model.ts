import type * as ort from "onnxruntime-node";
import type { Device } from "../types.ts";
import { chooseDevice } from "./choose_device.ts";
import { DeviceError, type TriedDevice } from "./device_error.ts";
import { loadRuntime } from "./load_runtime.ts";
import { ModelIntegrityError } from "./model_integrity_error.ts";
import { readModel } from "./read_model.ts";
import { sessionOptions } from "./session_options.ts";
import { InputError } from "../input_error.ts";

/** An array of numbers with a shape. */
export interface Tensor {
  /** Values, row-major. */
  readonly data: Float32Array;
  /** Size of each axis. */
  readonly dims: readonly number[];
}

/** Shapes of inputs or outputs by name. A string in a shape is a variable size, such as that of the batch. */
export type Signature = Readonly<Record<string, readonly (number | string)[]>>;

/** A model opened on a device. */
export interface OpenModel {
  /** Device that runs the model. */
  readonly device: Device;
  /** Why this device was chosen, in one sentence. */
  readonly reason: string;
  /** The devices earlier in the order (cuda, webgpu, cpu), and why they were not used. */
  readonly tried: readonly TriedDevice[];
  /** Inputs by name. */
  readonly inputs: Signature;
  /** Outputs by name. */
  readonly outputs: Signature;
  /**
   * Runs the model once. This blocks the thread; use a Worker if the thread must stay responsive.
   *
   * @param feeds one tensor for each input.
   * @param options.into arrays to write outputs into, by name; other outputs are allocated.
   * @param options.only names of the outputs to return. Default: all.
   */
  run(
    feeds: Readonly<Record<string, Tensor>>,
    options?: { into?: Readonly<Record<string, Tensor>>; only?: readonly string[] },
  ): Promise<Record<string, Tensor>>;
  /** Releases the model. */
  close(): Promise<void>;
}

/** Options of {@linkcode openModel}. */
export interface OpenOptions {
  /** `auto` tries cuda, webgpu, cpu and keeps a GPU only if it beats the CPU on one batch. @default {"auto"} */
  device?: "auto" | Device;
  /** Expected sha256 of the bytes, 64 hex digits. Not checked if omitted. */
  sha256?: string;
  /** Expected inputs. Sizes must match; a string matches any variable size. */
  inputs?: Signature;
  /** Names of outputs that the model must have. */
  outputs?: readonly string[];
  /** Threads of the CPU device. @default {navigator.hardwareConcurrency} */
  threads?: number;
}

/**
 * Opens an ONNX model: checks its hash, weights and signature, and chooses a device.
 *
 * On the CPU of one machine, results are bitwise identical for any batch size and number of threads.
 *
 * @throws {ModelIntegrityError} if the hash, a name or a shape is wrong, the bytes are damaged, a float32 weight is
 * not finite, or the CPU cannot open the model.
 * @throws {DeviceError} if the requested device, other than the CPU, cannot open the model.
 * @throws {InputError} if `threads` is not a whole number from 1, or there is no device of that name.
 */
export async function openModel(
  bytes: Uint8Array,
  { device = "auto", sha256, inputs, outputs, threads = navigator.hardwareConcurrency }: OpenOptions = {},
): Promise<OpenModel> {
  if (!Number.isInteger(threads) || threads < 1) {
    throw new InputError(`Cannot open a model: threads must be a whole number from 1, got ${threads}`);
  }
  if (sha256 !== undefined) await requireSha256(bytes, sha256);
  readModel(bytes);
  const runtime = await loadRuntime(), toOrt = (t: Tensor) => new runtime.Tensor("float32", t.data, t.dims);
  const chosen = await chooseDevice(device, {
    open: (on) => runtime.InferenceSession.create(bytes, sessionOptions(on, { threads, constant: true })),
    time: (session) => timeOneBatch(session, toOrt),
    close: (session) => session.release(),
  }).catch((error) => {
    throw refused(error);
  });
  const session = chosen.opened;
  const signature = { inputs: shapes(session.inputMetadata), outputs: shapes(session.outputMetadata) };
  try {
    requireSignature(signature, inputs, outputs);
  } catch (error) {
    await session.release();
    throw error;
  }
  const { reason, tried } = chosen;
  return { device: chosen.device, reason, tried, ...signature, run, close: () => session.release() };

  async function run(
    feeds: Readonly<Record<string, Tensor>>,
    { into, only }: { into?: Readonly<Record<string, Tensor>>; only?: readonly string[] } = {},
  ): Promise<Record<string, Tensor>> {
    const wanted = Object.fromEntries(
      (only ?? session.outputNames).map((name) => [name, into?.[name] ? toOrt(into[name]) : null]),
    );
    const results = await session.run(mapValues(feeds, toOrt), wanted);
    return mapValues(results, (t) => ({ data: t.data as Float32Array, dims: t.dims }));
  }
}

function mapValues<A, B>(record: Readonly<Record<string, A>>, f: (a: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, f(value)]));
}

/** Every valid model runs on the CPU, so if the CPU cannot open it, the model is damaged. */
function refused(error: unknown): unknown {
  if (!(error instanceof DeviceError)) return error;
  const onCpu = error.tried.find((t) => t.device === "cpu");
  if (!onCpu) return error;
  return new ModelIntegrityError(`Cannot open the model: onnxruntime rejects it (${onCpu.error})`, {
    cause: error,
  });
}

async function requireSha256(bytes: Uint8Array, expected: string): Promise<void> {
  const digest = await crypto.subtle.digest("SHA-256", bytes as BufferSource);
  const actual = Array.from(new Uint8Array(digest), (b) => b.toString(16).padStart(2, "0")).join("");
  if (actual === expected.toLowerCase()) return;
  throw new ModelIntegrityError(
    `Cannot use the model: its sha256 must be ${expected}, got ${actual} (${bytes.length} bytes)`,
    { expectedSha256: expected, actualSha256: actual },
  );
}

function shapes(metadata: readonly ort.InferenceSession.ValueMetadata[]): Signature {
  return Object.fromEntries(metadata.map((m) => [m.name, m.isTensor ? m.shape : []]));
}

function requireSignature(
  have: { inputs: Signature; outputs: Signature },
  inputs?: Signature,
  outputs?: readonly string[],
): void {
  if (inputs) {
    const fits = Object.keys(inputs).length === Object.keys(have.inputs).length &&
      Object.entries(inputs).every(([name, shape]) => sameShape(shape, have.inputs[name]));
    if (!fits) {
      throw new ModelIntegrityError(
        `Cannot use the model: its inputs must be ${describe(inputs)}, got ${describe(have.inputs)}`,
      );
    }
  }
  for (const name of outputs ?? []) {
    if (!(name in have.outputs)) {
      throw new ModelIntegrityError(
        `Cannot use the model: it must have an output "${name}", got ${describe(have.outputs)}`,
      );
    }
  }
}

function sameShape(want: readonly (number | string)[], have?: readonly (number | string)[]): boolean {
  return have !== undefined && want.length === have.length &&
    want.every((size, axis) =>
      typeof size === "string" ? typeof have[axis] === "string" : size === have[axis]
    );
}

function describe(signature: Signature): string {
  return Object.entries(signature).map(([name, shape]) => `${name} [${shape.join(", ")}]`).join(", ") ||
    "none";
}

/** Duration in ms of the second run on zeros; variable sizes, such as that of the batch, are 1. */
async function timeOneBatch(
  session: ort.InferenceSession,
  toOrt: (t: Tensor) => ort.Tensor,
): Promise<number> {
  const feeds = mapValues(shapes(session.inputMetadata), (shape) => {
    const dims = shape.map((size) => typeof size === "number" ? size : 1);
    return toOrt({ data: new Float32Array(dims.reduce((a, b) => a * b, 1)), dims });
  });
  await session.run(feeds);
  const start = performance.now();
  await session.run(feeds);
  return performance.now() - start;
}
