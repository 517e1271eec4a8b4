import { InputError } from "../../input_error.ts";
import { DeviceError } from "../../onnx/device_error.ts";
import { type CarriedError, unpackError } from "../../workers/carried_error.ts";
import { TrainingDivergedError } from "./training_diverged_error.ts";

/** Error classes that callers may distinguish. */
const CLASSES = { TrainingDivergedError, DeviceError, InputError, RangeError, TypeError, SyntaxError };

/** The error of a training worker: an instance of its class if `CLASSES` has it, otherwise an Error of that name. */
export function revivedError(error: CarriedError): Error {
  return unpackError(error, { classes: CLASSES });
}
