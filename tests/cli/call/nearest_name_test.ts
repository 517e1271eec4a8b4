import { assertEquals } from "@std/assert";
import { nearestName } from "../../../src/cli/call/nearest_name.ts";

Deno.test("nearestName: finds typing errors, beginnings and endings, and gives null if nothing is similar", () => {
  const devices = ["auto", "cpu", "webgpu", "cuda"];
  assertEquals(nearestName("gpu", devices), "webgpu");
  assertEquals(nearestName("web", devices), "webgpu");
  assertEquals(nearestName("cpi", devices), "cpu");
  assertEquals(nearestName("preflihgt", ["preflight", "score"]), "preflight");
  assertEquals(nearestName("xyz", devices), null);
  assertEquals(nearestName("sede", ["seed", "out"]), "seed");
  assertEquals(nearestName("dash", ["dashboard", "score"]), "dashboard");
  assertEquals(nearestName("xyzzy", ["seed", "out"]), null);
});
