import { openModel, type Tensor } from "../onnx/open_model.ts";
import type { Device } from "../types.ts";
import type { Arrays } from "./recipe.ts";
import type { TrainStep } from "./train_step.ts";

/** A training step on a device, holding its state between steps. */
export interface Stepper {
  readonly device: Device;
  readonly reason: string;
  /** Runs one step and moves the state on; returns the step's reports. */
  step(scalars: Readonly<Record<string, number>>, batch: Arrays): Promise<Record<string, number>>;
  /** The state vectors as they are now. Views: copy what must outlive the next two steps. */
  state(): Promise<Arrays>;
  close(): Promise<void>;
}

/**
 * Opens a training step. Two sets of state vectors are made once and swapped, so a step allocates nothing that lasts.
 *
 * @param start state vectors to begin from, by name; those left out start as zeros.
 */
export async function openStepper(
  step: TrainStep,
  { start, device = "cpu", threads }: { start: Arrays; device?: Device | "auto"; threads?: number },
): Promise<Stepper> {
  const outputs = [...Object.keys(step.state).map((name) => `next.${name}`), ...step.reports];
  const model = await openModel(step.graph.toModel(), { device, threads, outputs });
  const names = Object.keys(step.state);
  const vectors = () =>
    Object.fromEntries(names.map((name) => [name, vector(new Float32Array(step.state[name]))]));
  let now = vectors(), next = vectors();
  for (const name of names) if (start[name]) now[name].data.set(start[name]);
  return {
    device: model.device,
    reason: model.reason,
    close: () => model.close(),
    state: () => Promise.resolve(Object.fromEntries(names.map((name) => [name, now[name].data]))),
    async step(scalars, batch) {
      const feeds: Record<string, Tensor> = { ...now };
      for (const name of step.scalars) feeds[name] = { data: Float32Array.of(scalars[name]), dims: [] };
      for (const [name, dims] of Object.entries(step.inputs)) {
        feeds[name] = { data: fitting(name, dims, batch), dims };
      }
      const into = Object.fromEntries(names.map((name) => [`next.${name}`, next[name]]));
      const results = await model.run(feeds, { into, only: outputs });
      [now, next] = [next, now];
      return Object.fromEntries(step.reports.map((name) => [name, results[name].data[0]]));
    },
  };
}

const vector = (data: Float32Array): Tensor => ({ data, dims: [data.length] });

/** The batch's array for one input, checked: a wrong length would be read as another picture. */
export function fitting(name: string, dims: readonly number[], batch: Arrays): Float32Array {
  const data = batch[name];
  const length = dims.reduce((a, b) => a * b, 1);
  if (data instanceof Float32Array && data.length === length) return data;
  const got = data instanceof Float32Array ? `${data.length}` : Object.keys(batch).join(", ") || "nothing";
  throw new TypeError(
    `Cannot feed "${name}": the batch must hold ${length} float32 numbers [${dims}], got ${got}`,
  );
}
