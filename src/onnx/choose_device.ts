import type { Device } from "../types.ts";
import { DeviceError, type TriedDevice } from "./device_error.ts";
import { knownAbsent } from "./known_absent.ts";
import { InputError } from "../input_error.ts";

/** The device that will do the work, why it was chosen, and what was tried before it. */
export interface ChosenDevice<T> {
  /** Device that was chosen. */
  readonly device: Device;
  /** One sentence for the reader: why this device. */
  readonly reason: string;
  /** The devices that were tried. */
  readonly tried: readonly TriedDevice[];
  /** What was opened on the device. */
  readonly opened: T;
}

/** What {@linkcode chooseDevice} needs to try a device. */
export interface ChooseOptions<T> {
  /** Opens the work on one device; throws where the device cannot. */
  open: (device: Device) => Promise<T>;
  /**
   * Milliseconds one batch takes. In `auto`, a GPU is kept only if it beats the CPU, because a software adapter
   * opens like a GPU and is hundreds of times slower. Without it, whatever opens is kept.
   */
  time?: (opened: T) => Promise<number>;
  /** Releases what `open` made and was not chosen. */
  close?: (opened: T) => Promise<void>;
  /** In `auto`: why a device need not be tried, or null. A device that was named always is. @default {knownAbsent} */
  absent?: (device: Device) => string | null;
}

const ORDER: readonly Device[] = ["cuda", "webgpu", "cpu"];

/** First line of a message, short enough for a table. */
function firstLine(error: unknown): string {
  return String((error as Error)?.message ?? error).split("\n")[0].slice(0, 200);
}

/**
 * Tries cuda, webgpu and cpu in turn (`auto`) or exactly the device named, and says what came of each.
 * A device that was named is never replaced silently.
 *
 * @throws {DeviceError} if no device asked for could open the work, with every reason.
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

  /** Null where `opened` beats the CPU, else the sentence that says by how much it does not. */
  async function slowerThanCpu(opened: T): Promise<string | null> {
    const mine = await time!(opened);
    const cpu = await open("cpu");
    const theirs = await time!(cpu);
    await close?.(cpu);
    if (mine < theirs) return null;
    return `opened, but one batch took ${mine.toFixed(1)} ms where the CPU takes ${theirs.toFixed(1)} ms`;
  }
}

function reasonFor(device: Device, wanted: string, tried: readonly TriedDevice[]): string {
  if (wanted !== "auto") return `${device} was asked for`;
  if (tried.length === 0) return `${device} is the first choice and works`;
  return `${device} is the first that works (${
    tried.map((t) => `${t.device}: ${inWords(t.error)}`).join("; ")
  })`;
}

/** onnxruntime's commonest refusals in a reader's words; anything else as it came. `tried` keeps the original. */
function inWords(error: string): string {
  if (/shared library/.test(error)) return "its library is not installed";
  if (/adapter/i.test(error)) return "no graphics adapter was found";
  return error;
}
