import { OPTIMISER } from "./optimiser.ts";
import { revivedError } from "./revived_error.ts";
import type { TrainOptions, TrainResult, WorkerReply, WorkerRequest } from "./train_options.ts";

/**
 * Trains a network in a Worker, so that the calling thread stays responsive.
 *
 * The same options and data give bitwise the same result on the same machine, even if the run was interrupted and
 * resumed.
 *
 * @returns the network to deploy, with the history of the run.
 * @throws {TrainingDivergedError} if the loss, the gradient or a weight is not finite, or the loss exceeds
 * 1000 (1 + the first loss).
 * @throws {InputError} if a checkpoint is to be resumed that was written with other options.
 * @throws {SyntaxError} if the checkpoint is damaged.
 * @throws {RangeError} if a number of steps is not a whole number from 1, or a validation score is not finite.
 * @throws {TypeError} if `resume` is given without a checkpoint, or the recipe is not valid.
 * @throws {DeviceError} if the requested device cannot train.
 */
export async function trainLoop(options: TrainOptions): Promise<TrainResult> {
  requireOptions(options);
  const { signal, onProgress, optimiser, buffers = {}, device = "cpu", threads, ...rest } = options;
  const control = new Int32Array(new SharedArrayBuffer(4)); // [0] becomes 1 to stop
  const worker = new Worker(new URL("./train_worker.ts", import.meta.url), { type: "module" });
  const stop = () => Atomics.store(control, 0, 1);
  if (signal?.aborted) stop();
  signal?.addEventListener("abort", stop);
  try {
    return await new Promise<TrainResult>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<WorkerReply>) => {
        if (data.kind === "progress") onProgress?.(data.progress);
        else if (data.kind === "done") resolve(data.result);
        else reject(revivedError(data.error));
      };
      worker.onerror = (event) => {
        event.preventDefault();
        reject(new Error(`Cannot train: ${event.message}`, { cause: event.error }));
      };
      const request: WorkerRequest = {
        ...rest,
        buffers,
        control,
        device,
        optimiser: { ...OPTIMISER, ...optimiser },
        threads: threads ?? navigator.hardwareConcurrency,
      };
      worker.postMessage(request);
    });
  } finally {
    signal?.removeEventListener("abort", stop);
    worker.terminate();
  }
}

function requireOptions({ steps, checkpoint, validation, resume }: TrainOptions): void {
  const whole = (name: string, value: number) => {
    if (Number.isInteger(value) && value >= 1) return;
    throw new RangeError(`Cannot train: ${name} must be a whole number from 1, got ${value}`);
  };
  whole("steps", steps);
  if (checkpoint) whole("checkpoint.every", checkpoint.every);
  if (validation) whole("validation.every", validation.every);
  if (resume && !checkpoint) throw new TypeError("Cannot resume: resume needs checkpoint.path, got none");
}
