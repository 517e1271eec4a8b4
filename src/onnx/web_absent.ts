import type { Device } from "../types.ts";

/** Replaces `known_absent.ts` in a browser: the reason why a device cannot be present, or null. */
export function knownAbsent(device: Device): string | null {
  if (device === "cuda") return "browsers have no CUDA";
  if (device !== "webgpu") return null;
  return (navigator as { gpu?: unknown }).gpu ? null : "this browser has no WebGPU";
}
