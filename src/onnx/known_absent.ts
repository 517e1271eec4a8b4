import type { Device } from "../types.ts";

/** Files by which Linux shows a graphics adapter: the kernel's own, NVIDIA's, WSL's, Qualcomm's, ARM's. */
const ADAPTERS = ["/dev/dri", "/dev/nvidiactl", "/dev/dxg", "/dev/kgsl-3d0", "/dev/mali0"];

/**
 * Why a device cannot be on this machine, where that is plain without trying it, else null. Looking for a Vulkan adapter where
 * there is none makes native code write warnings to standard error; a software adapter, which this overlooks, loses to the CPU anyway.
 *
 * @param options.exists whether there is a file of that name
 */
export function knownAbsent(
  device: Device,
  { os = Deno.build.os, exists = fileExists }: { os?: string; exists?: (path: string) => boolean } = {},
): string | null {
  if (device !== "webgpu" || os !== "linux" || ADAPTERS.some(exists)) return null;
  return "no graphics adapter was found";
}

/** True also where we may not look: the device is then tried. */
function fileExists(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch (error) {
    return !(error instanceof Deno.errors.NotFound);
  }
}
