import { assert, assertEquals } from "@std/assert";
import { CAPUT_VERSION, softwareVersions } from "../../../src/study/models/caput_version.ts";

Deno.test("softwareVersions: Caput, Deno and npm libraries, but not JSR libraries", () => {
  const { caput, deno, libraries } = softwareVersions();
  assertEquals([caput, deno], [CAPUT_VERSION, Deno.version.deno]);
  assert(/^\d+\.\d+\.\d+/.test(libraries["onnxruntime-node"]));
  assert(/^\d+\.\d+\.\d+/.test(libraries["@observablehq/plot"]), "scoped names too");
  assert(!("@std/assert" in libraries));
});
