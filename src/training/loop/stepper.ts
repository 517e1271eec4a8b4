import { chooseDevice } from "../../onnx/choose_device.ts";
import type { Tensor } from "../../onnx/open_model.ts";
import { openRecurrentModel, type RecurrentModel } from "../../onnx/open_recurrent_model.ts";
import type { Device } from "../../types.ts";
import { type Target, targetOf } from "./target.ts";
import { encodeModel } from "../graph/encode_model.ts";
import { sizeOf } from "../graph/graph.ts";
import { loopedStep } from "./looped_step.ts";
import type { Arrays } from "./recipe.ts";
import type { TrainStep } from "./train_step.ts";

/** Inputs of one step. */
export interface StepFeed {
  readonly scalars: Readonly<Record<string, number>>;
  readonly batch: Arrays;
}

/** Training steps on a device, with their state. */
export interface Stepper {
  readonly device: Device;
  /** Why this device was chosen. */
  readonly reason: string;
  /** Best number of steps per call: one on the CPU and WebGPU, several on CUDA. */
  readonly chunk: number;
  /** Runs one step per feed and returns their reports. */
  advance(feeds: readonly StepFeed[]): Promise<Record<string, number>[]>;
  /** Copies of the current state vectors. */
  state(): Promise<Arrays>;
  close(): Promise<void>;
}

/** Options of {@linkcode openStepper}. */
export interface StepperOptions {
  /** Initial state vectors by name; omitted ones start as zeros. */
  start: Arrays;
  /** Device to train on; `auto` uses CUDA or WebGPU if faster than the CPU. @default {"cpu"} */
  device?: Device | "auto";
  /** Number of CPU threads. @default {navigator.hardwareConcurrency} */
  threads?: number;
}

/** Steps per run on CUDA: enough to make the transfer of the state negligible. */
const CUDA_CHUNK = 16;

/**
 * Opens a training step on a device.
 *
 * @param stepFor builds the step for a target. Its nodes may depend on the target, its layout may not.
 * @throws {DeviceError} if the requested device cannot train.
 */
export async function openStepper(
  stepFor: (target: Target) => TrainStep,
  { start, device: wanted = "cpu", threads }: StepperOptions,
): Promise<Stepper> {
  const { device, reason, opened: { step, model } } = await chooseDevice(wanted, {
    async open(device) {
      const step = stepFor(await targetOf(device));
      const bytes = device === "cuda" ? loopedStep(step) : step.graph.toModel();
      const model = await openRecurrentModel(bytes, {
        state: step.state,
        device,
        threads,
        identity: identity(),
      });
      return { step, model, looped: device === "cuda" };
    },
    time: timeOneStep,
    close: ({ model }) => model.close(),
  });
  await model.load(start);
  const looped = device === "cuda";
  return {
    device,
    reason,
    chunk: looped ? CUDA_CHUNK : 1,
    advance: (feeds) => advance({ step, model, looped }, feeds),
    state: () => model.read(),
    close: () => model.close(),
  };
}

interface Opened {
  readonly step: TrainStep;
  readonly model: RecurrentModel;
  /** Whether the model runs several steps at once, with stacked inputs. */
  readonly looped: boolean;
}

async function advance(
  { step, model, looped }: Opened,
  feeds: readonly StepFeed[],
): Promise<Record<string, number>[]> {
  const reports: Record<string, number>[] = [];
  for (const rows of looped ? [feeds] : feeds.map((feed) => [feed])) {
    const stack = looped ? [rows.length] : [];
    const tensors: Record<string, Tensor> = {};
    for (const name of step.scalars) {
      tensors[name] = { data: Float32Array.from(rows, ({ scalars }) => scalars[name]), dims: stack };
    }
    for (const [name, dims] of Object.entries(step.inputs)) {
      const arrays = rows.map(({ batch }) => fitting(name, dims, batch));
      tensors[name] = { data: arrays.length === 1 ? arrays[0] : joined(arrays), dims: [...stack, ...dims] };
    }
    const results = await model.run(tensors);
    for (let k = 0; k < rows.length; k++) {
      reports.push(Object.fromEntries(step.reports.map((name) => [name, results[name].data[k]])));
    }
  }
  return reports;
}

/** Duration of the second step on zeros, ms. The state must be loaded again afterwards. */
async function timeOneStep(opened: Opened): Promise<number> {
  const { step } = opened;
  const feed: StepFeed = {
    scalars: Object.fromEntries(step.scalars.map((name) => [name, 0])),
    batch: Object.fromEntries(
      Object.entries(step.inputs).map(([name, dims]) => [name, new Float32Array(sizeOf(dims))]),
    ),
  };
  await advance(opened, [feed]);
  const start = performance.now();
  await advance(opened, [feed]);
  return performance.now() - start;
}

/** The batch's array for one input. Its length is checked, because a wrong one would mix up images. */
export function fitting(name: string, dims: readonly number[], batch: Arrays): Float32Array {
  const data = batch[name];
  const length = sizeOf(dims);
  if (data instanceof Float32Array && data.length === length) return data;
  const names = Object.keys(batch).map((other) => `"${other}"`).join(", ");
  const got = data instanceof Float32Array ? `${data.length}` : `only ${names || "an empty batch"}`;
  throw new TypeError(
    `Cannot feed "${name}": the batch must hold ${length} float32 numbers [${dims}], got ${got}`,
  );
}

function joined(arrays: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(arrays.reduce((total, { length }) => total + length, 0));
  let at = 0;
  for (const array of arrays) {
    whole.set(array, at);
    at += array.length;
  }
  return whole;
}

/** A model whose output `y` is a copy of its input `x`, of any length. */
function identity(): Uint8Array {
  const nodes = [{ op: "Identity", inputs: ["x"], outputs: ["y"], attributes: {} }];
  const port = (name: string) => ({ name, dims: ["n"] });
  return encodeModel({
    name: "identity",
    nodes,
    inputs: [port("x")],
    outputs: [port("y")],
    initializers: [],
  });
}
