import { assert } from "@std/assert";
import { bundlePage } from "../../../dashboards/bundle_page.ts";

Deno.test("desk.bundle.js is up to date with the desk's sources", async () => {
  const stored = await Deno.readTextFile(new URL("../../../dashboards/desk.bundle.js", import.meta.url));
  assert(await bundlePage("desk/main.ts") === stored, "run: deno task bundle");
});
