import type * as ort from "onnxruntime-node";
import type { Device } from "../types.ts";
import type { Tensor } from "./open_model.ts";
import { loadRuntime } from "./load_runtime.ts";
import { readModel } from "./read_model.ts";
import { sessionOptions } from "./session_options.ts";

/** A model whose outputs are inputs of its next run, such as a training step. */
export interface RecurrentModel {
  /** Runs once and updates the state. Returns the outputs that are not part of the state. */
  run(feeds: Readonly<Record<string, Tensor>>): Promise<Record<string, Tensor>>;
  /** Copies of the current state vectors, by input name. */
  read(): Promise<Record<string, Float32Array>>;
  /** Replaces the state, by input name; omitted vectors become zeros. */
  load(state: Readonly<Record<string, Float32Array>>): Promise<void>;
  /** Releases the model and its state. */
  close(): Promise<void>;
}

/** Options of {@linkcode openRecurrentModel}. */
export interface RecurrentOptions {
  /** Length of each state vector by input name. Output `next.NAME` is the vector's next value. */
  state: Readonly<Record<string, number>>;
  device: Device;
  /** Threads of the CPU device. @default {navigator.hardwareConcurrency} */
  threads?: number;
  /** An identity model from `x` [n] to `y` [n]; it is used to read the state back from WebGPU. */
  identity: Uint8Array;
}

/**
 * Opens a model that keeps its state from run to run.
 *
 * On the CPU two sets of vectors are allocated once and swapped. On WebGPU the state stays in the device's memory:
 * outputs are kept there and become the next inputs, and the previous inputs are freed. The CUDA binding copies every
 * output back to the host, so there the model should do several steps per run.
 *
 * @throws {ModelIntegrityError} if the bytes are not a complete model. @throws {Error} from onnxruntime, if the device
 * cannot run it.
 */
export async function openRecurrentModel(
  bytes: Uint8Array,
  { state, device, identity, threads = navigator.hardwareConcurrency }: RecurrentOptions,
): Promise<RecurrentModel> {
  readModel(bytes);
  const runtime = await loadRuntime();
  const vector = (data: Float32Array) => new runtime.Tensor("float32", data, [data.length]);
  const names = Object.keys(state);
  const onDevice = device === "webgpu";
  const session = await runtime.InferenceSession.create(bytes, {
    ...sessionOptions(device, { threads }),
    ...(onDevice ? { preferredOutputLocation: locations(names.map((name) => `next.${name}`)) } : {}),
  });
  const reader = onDevice
    ? await runtime.InferenceSession.create(identity, sessionOptions(device, { threads }))
    : null;
  const others = session.outputNames.filter((name) => !names.includes(name.replace(/^next\./, "")));
  const zeros = () => Object.fromEntries(names.map((name) => [name, vector(new Float32Array(state[name]))]));
  let now: Record<string, ort.Tensor> = zeros();
  let spare: Record<string, ort.Tensor> = onDevice ? {} : zeros();
  return { run, read, load, close };

  async function run(feeds: Readonly<Record<string, Tensor>>): Promise<Record<string, Tensor>> {
    const inputs: Record<string, ort.Tensor> = { ...now };
    for (const [name, { data, dims }] of Object.entries(feeds)) {
      inputs[name] = new runtime.Tensor("float32", data, dims);
    }
    const wanted: Record<string, ort.Tensor | null> = {};
    for (const name of names) wanted[`next.${name}`] = spare[name] ?? null;
    for (const name of others) wanted[name] = null;
    const results = await session.run(inputs, wanted);
    const next = Object.fromEntries(names.map((name) => [name, results[`next.${name}`]]));
    if (onDevice) dispose(now);
    else spare = now;
    now = next;
    return Object.fromEntries(others.map((name) => {
      const { data, dims } = results[name];
      return [name, { data: data as Float32Array, dims }];
    }));
  }

  async function read(): Promise<Record<string, Float32Array>> {
    const vectors: Record<string, Float32Array> = {};
    for (const name of names) {
      const current = now[name];
      const local = current.location === "cpu" ? current : (await reader!.run({ x: current })).y;
      vectors[name] = (local.data as Float32Array).slice();
    }
    return vectors;
  }

  function load(vectors: Readonly<Record<string, Float32Array>>): Promise<void> {
    if (onDevice) dispose(now);
    now = zeros();
    for (const name of names) if (vectors[name]) (now[name].data as Float32Array).set(vectors[name]);
    return Promise.resolve();
  }

  async function close(): Promise<void> {
    if (onDevice) dispose(now);
    await session.release();
    await reader?.release();
  }
}

function locations(outputs: readonly string[]): Record<string, "gpu-buffer"> {
  return Object.fromEntries(outputs.map((name) => [name, "gpu-buffer"]));
}

/** Frees device memory. Arrays in host memory are left to garbage collection. */
function dispose(tensors: Readonly<Record<string, ort.Tensor>>): void {
  for (const tensor of Object.values(tensors)) if (tensor.location === "gpu-buffer") tensor.dispose();
}
