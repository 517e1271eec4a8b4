import { assert, assertEquals } from "@std/assert";
import { CAPUT_VERSION, softwareVersions } from "../../../src/study/models/caput_version.ts";

Deno.test("software versions: Caput, Deno and all pinned libraries", () => {
  const { caput, deno, libraries } = softwareVersions();
  assertEquals([caput, deno], [CAPUT_VERSION, Deno.version.deno]);
  assert(/^\d+\.\d+\.\d+/.test(libraries["onnxruntime-node"]));
  assert(/^\d+\.\d+\.\d+/.test(libraries["@observablehq/plot"]), "scoped names too");
  assert(!("@std/assert" in libraries), "our own files are no libraries");
});
