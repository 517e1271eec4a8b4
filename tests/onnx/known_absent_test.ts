import { assertEquals } from "@std/assert";
import { knownAbsent } from "../../src/onnx/known_absent.ts";

Deno.test("knownAbsent: only WebGPU, only on Linux, only where the kernel shows no adapter", () => {
  const with_ = (...files: string[]) => ({ os: "linux", exists: (path: string) => files.includes(path) });
  assertEquals(knownAbsent("webgpu", with_()), "no graphics adapter was found");
  assertEquals(knownAbsent("webgpu", with_("/dev/dri")), null);
  assertEquals(knownAbsent("webgpu", with_("/dev/nvidiactl")), null);
  assertEquals(knownAbsent("webgpu", { os: "darwin", exists: () => false }), null);
  assertEquals([knownAbsent("cpu", with_()), knownAbsent("cuda", with_())], [null, null]);
});
