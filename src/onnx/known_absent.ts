import type { Device } from "../types.ts";

/** Device files of graphics adapters on Linux: generic, NVIDIA, WSL, Qualcomm, ARM. */
const ADAPTERS = ["/dev/dri", "/dev/nvidiactl", "/dev/dxg", "/dev/kgsl-3d0", "/dev/mali0"];
/**
 * Files that are checked instead if Deno does not allow access to /dev (Deno allows it only if all permissions
 * are granted): udev's records of graphics adapters (character devices of major number 226), and drivers of WSL and
 * NVIDIA.
 */
const TRACES = [
  ...[0, 1, 2, 128, 129].map((minor) => `/run/udev/data/c226:${minor}`),
  "/usr/lib/wsl/lib/libdxcore.so",
  "/usr/share/vulkan/icd.d/nvidia_icd.json",
  "/etc/vulkan/icd.d/nvidia_icd.json",
  ...["x86_64-linux-gnu", "aarch64-linux-gnu"].map((machine) => `/usr/lib/${machine}/libcuda.so.1`),
  "/usr/lib64/libcuda.so.1",
];

/**
 * The reason why a device cannot be present on this machine, or null if it may be. This check avoids searching for a
 * Vulkan adapter when there is none, because native code then writes warnings to standard error. The check misses
 * software adapters, but these are slower than the CPU anyway. A device that the user names is always tried.
 *
 * @param options.exists whether a file exists; null if access is not allowed
 */
export function knownAbsent(
  device: Device,
  { os = Deno.build.os, exists = fileExists }: {
    os?: string;
    exists?: (path: string) => boolean | null;
  } = {},
): string | null {
  if (device !== "webgpu" || os !== "linux") return null;
  const seen = ADAPTERS.map(exists);
  if (seen.includes(true)) return null;
  if (seen.includes(null) && TRACES.some((path) => exists(path) !== false)) return null;
  return "no graphics adapter was found";
}

function fileExists(path: string): boolean | null {
  try {
    Deno.statSync(path);
    return true;
  } catch (error) {
    return error instanceof Deno.errors.NotFound ? false : null;
  }
}
