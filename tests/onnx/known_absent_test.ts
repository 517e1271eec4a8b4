import { assertEquals } from "@std/assert";
import { knownAbsent } from "../../src/onnx/known_absent.ts";

const NONE = "no graphics adapter was found";
const machine = (...files: string[]) => ({ os: "linux", exists: (path: string) => files.includes(path) });

Deno.test("knownAbsent: only WebGPU, only on Linux, only if there is no adapter", () => {
  assertEquals(knownAbsent("webgpu", machine()), NONE);
  assertEquals(knownAbsent("webgpu", machine("/dev/dri")), null);
  assertEquals(knownAbsent("webgpu", machine("/dev/nvidiactl")), null);
  assertEquals(knownAbsent("webgpu", { os: "darwin", exists: () => false }), null);
  assertEquals([knownAbsent("cpu", machine()), knownAbsent("cuda", machine())], [null, null]);
});

Deno.test("knownAbsent: without access to /dev, traces of a driver or missing permissions mean that the device is tried", () => {
  const closed = (...files: string[]) => ({
    os: "linux",
    exists: (path: string) => path.startsWith("/dev/") ? null : files.includes(path),
  });
  assertEquals(knownAbsent("webgpu", closed()), NONE);
  assertEquals(knownAbsent("webgpu", closed("/run/udev/data/c226:128")), null);
  assertEquals(knownAbsent("webgpu", closed("/usr/lib64/libcuda.so.1")), null);
  assertEquals(knownAbsent("webgpu", { os: "linux", exists: () => null }), null);
});
