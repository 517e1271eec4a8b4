import type { Device } from "../types.ts";

/** What happened on one device that was tried and not used. */
export interface TriedDevice {
  /** Device that was tried. */
  readonly device: Device;
  /** Why it was not used. */
  readonly error: string;
}

/** No device could run the model. The command line answers it with exit code 4. */
export class DeviceError extends Error {
  /** Name of the class; the same after crossing from a worker. */
  override readonly name = "DeviceError";
  /** What the caller can do about it. */
  readonly fix = "name another device; auto takes the best that works, cpu always does";
  /** Every device that was tried, in order, and why it was not used. */
  readonly tried: readonly TriedDevice[];

  /** Makes the error. */
  constructor(
    message: string,
    { tried = [], cause }: { tried?: readonly TriedDevice[]; cause?: unknown } = {},
  ) {
    super(message, { cause });
    this.tried = tried;
  }
}
