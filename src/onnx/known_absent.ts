import type { Device } from "../types.ts";

/** Files by which Linux shows a graphics adapter: the kernel's own, NVIDIA's, WSL's, Qualcomm's, ARM's. */
const ADAPTERS = ["/dev/dri", "/dev/nvidiactl", "/dev/dxg", "/dev/kgsl-3d0", "/dev/mali0"];
/**
 * Deno lets nobody look into /dev who was not given every permission. Then these are looked for: udev's notes on graphics adapters
 * (character devices 226), and the drivers that come with WSL's and NVIDIA's.
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
 * Why a device need not be tried on this machine, where that is plain without trying it, else null. Looking for a Vulkan adapter
 * where there is none makes native code write warnings to standard error. A software adapter, which this overlooks, loses to the CPU
 * anyway; whoever names a device has it tried.
 *
 * @param options.exists whether there is a file of that name; null where we may not look
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
