import type { Device } from "../types.ts";

/** What happened on one device that was tried and not used. */
export interface TriedDevice {
  readonly device: Device;
  readonly error: string;
}

/** No device could run the model. The command line answers it with exit code 4. */
export class DeviceError extends Error {
  override readonly name = "DeviceError";
  readonly fix = "name another device; auto takes the best that works, cpu always does";
  /** Every device that was tried, in order, and why it was not used. */
  readonly tried: readonly TriedDevice[];

  constructor(
    message: string,
    { tried = [], cause }: { tried?: readonly TriedDevice[]; cause?: unknown } = {},
  ) {
    super(message, { cause });
    this.tried = tried;
  }
}
