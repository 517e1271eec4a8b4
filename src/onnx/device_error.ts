import type { Device } from "../types.ts";

/** A device that was not used. */
export interface TriedDevice {
  /** Name of the device. */
  readonly device: Device;
  /** Why the device was not used: the first line of the error, that it is slower than the CPU, or why it is absent. */
  readonly error: string;
}

/** Error if no device can run the model. The command line ends with exit code 4. */
export class DeviceError extends Error {
  /** Name of the class. It is preserved when the error comes from a worker. */
  override readonly name = "DeviceError";
  /** What the caller can do about it. */
  readonly fix = "name another device; auto uses the best one that works, and cpu always works";
  /** Every device in the order of the attempts, and why it was not used. */
  readonly tried: readonly TriedDevice[];

  /** Creates the error. */
  constructor(
    message: string,
    { tried = [], cause }: { tried?: readonly TriedDevice[]; cause?: unknown } = {},
  ) {
    super(message, { cause });
    this.tried = tried;
  }
}
