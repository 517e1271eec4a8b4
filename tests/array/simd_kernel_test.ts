import { assert, assertEquals } from "@std/assert";
import { simdKernel } from "../../src/array/simd_kernel.ts";

Deno.test("the kernel is a small valid module with one import and one export", () => {
  const bytes = simdKernel(), module = new WebAssembly.Module(bytes);
  assertEquals(WebAssembly.Module.imports(module), [{ module: "m", name: "memory", kind: "memory" }]);
  assertEquals(WebAssembly.Module.exports(module), [{ name: "run", kind: "function" }]);
  assert(bytes.length < 1024);
});
