import { DeviceError, type TriedDevice } from "../../onnx/device_error.ts";
import { TrainingDivergedError } from "./training_diverged_error.ts";

/** An error as structured clone carries it whole from one thread to another. */
export interface PlainError {
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
  readonly step?: number;
  readonly checkpoint?: { path: string; step: number } | null;
  readonly tried?: readonly TriedDevice[];
}

/** An error, ready to be sent. */
export function plainError(error: unknown): PlainError {
  const { name, message, stack, step, checkpoint, tried } = error as PlainError;
  return { name, message, stack, step, checkpoint, tried };
}

/** Errors lose their class on the way between threads; this gives it back to those a caller acts on. */
export function revivedError(error: PlainError): Error {
  if (error.name === "TrainingDivergedError") {
    return new TrainingDivergedError(error.message, { step: error.step!, checkpoint: error.checkpoint! });
  }
  if (error.name === "DeviceError") return new DeviceError(error.message, { tried: error.tried });
  const classes = { RangeError, TypeError, SyntaxError } as Record<string, typeof Error>;
  const revived = new (classes[error.name] ?? Error)(error.message);
  revived.stack = error.stack;
  return revived;
}
