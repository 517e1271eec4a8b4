import type { Device } from "../types.ts";
import { DeviceError, type TriedDevice } from "./device_error.ts";
import { knownAbsent } from "./known_absent.ts";
import { InputError } from "../input_error.ts";

/** The chosen device, why it was chosen, and why devices earlier in the order (cuda, webgpu, cpu) were not. */
export interface ChosenDevice<T> {
  /** Device that was chosen. */
  readonly device: Device;
  /** Why this device was chosen, in one sentence. */
  readonly reason: string;
  /** The devices earlier in the order, and why they were not used. */
  readonly tried: readonly TriedDevice[];
  /** What was opened on the device. */
  readonly opened: T;
}

/** Options of {@linkcode chooseDevice}. */
export interface ChooseOptions<T> {
  /** Opens the model on one device. Throws if the device cannot run it. */
  open: (device: Device) => Promise<T>;
  /**
   * Returns the time of one batch in ms. With `auto`, a GPU is used only if it is faster than the CPU, because a
   * software adapter opens like a GPU but is hundreds of times slower. Without this function, the first device that
   * opens is used.
   */
  time?: (opened: T) => Promise<number>;
  /** Releases the result of `open` on a device that was not chosen. */
  close?: (opened: T) => Promise<void>;
  /**
   * With `auto`: the reason for not trying a device, or null. A device that was named is always tried.
   * @default {knownAbsent}
   */
  absent?: (device: Device) => string | null;
}

const ORDER: readonly Device[] = ["cuda", "webgpu", "cpu"];

/** First line of a message, short enough for a table. */
function firstLine(error: unknown): string {
  return String((error as Error)?.message ?? error).split("\n")[0].slice(0, 200);
}

/**
 * Tries cuda, webgpu and cpu in turn (`auto`), or only the named device, and reports the result for each. A named
 * device is never replaced by another.
 *
 * @throws {DeviceError} if no requested device can open the model, with all reasons. @throws {InputError} if there is
 * no device of that name.
 */
export async function chooseDevice<T>(
  wanted: "auto" | Device,
  { open, time, close, absent = knownAbsent }: ChooseOptions<T>,
): Promise<ChosenDevice<T>> {
  if (wanted !== "auto" && !ORDER.includes(wanted)) {
    throw new InputError(`Cannot choose a device: it must be auto, cpu, webgpu or cuda, got ${wanted}`);
  }
  const tried: TriedDevice[] = [];
  let last: unknown;
  for (const device of wanted === "auto" ? ORDER : [wanted]) {
    const missing = wanted === "auto" ? absent(device) : null;
    if (missing !== null) {
      tried.push({ device, error: missing });
      continue;
    }
    try {
      const opened = await open(device);
      const slower = wanted === "auto" && device !== "cpu" && time ? await slowerThanCpu(opened) : null;
      if (slower === null) return { device, reason: reasonFor(device, wanted, tried), tried, opened };
      tried.push({ device, error: slower });
      await close?.(opened);
    } catch (error) {
      last = error;
      tried.push({ device, error: firstLine(error) });
    }
  }
  const why = ({ error }: TriedDevice) => inWords(error) === error ? error : `${inWords(error)} (${error})`;
  const each = wanted === "auto"
    ? `any device: ${tried.map((t) => `${t.device}: ${why(t)}`).join("; ")}`
    : `${wanted}: ${why(tried[0])}`;
  throw new DeviceError(`Cannot open the model on ${each}`, { tried, cause: last });

  /** Null if `opened` is faster than the CPU, otherwise a sentence with both times. */
  async function slowerThanCpu(opened: T): Promise<string | null> {
    const mine = await time!(opened);
    const cpu = await open("cpu");
    const theirs = await time!(cpu);
    await close?.(cpu);
    if (mine < theirs) return null;
    return `opened, but one batch took ${mine.toFixed(1)} ms, on the CPU ${theirs.toFixed(1)} ms`;
  }
}

function reasonFor(device: Device, wanted: string, tried: readonly TriedDevice[]): string {
  if (wanted !== "auto") return `${device} was requested`;
  if (tried.length === 0) return `${device} is the first choice and works`;
  return `${device} is the first that works (${
    tried.map((t) => `${t.device}: ${inWords(t.error)}`).join("; ")
  })`;
}

/** Plain words for onnxruntime's most common errors; other errors are unchanged. `tried` keeps the original message. */
function inWords(error: string): string {
  if (/shared library/.test(error)) return "its library is not installed";
  if (/adapter/i.test(error)) return "no graphics adapter was found";
  return error;
}
