import { assertEquals } from "@std/assert";
import * as caput from "../src/mod.ts";

/**
 * The exported names without the types, one per line, sorted. A change affects everyone who imports Caput, so add it to
 * the CHANGELOG; `UPDATE_SNAPSHOT=1` writes this file again.
 */
const SNAPSHOT = new URL("./fixtures/public_names.txt", import.meta.url);

Deno.test("the public names match the snapshot", async () => {
  const names = Object.keys(caput).sort();
  if (Deno.env.get("UPDATE_SNAPSHOT") === "1") await Deno.writeTextFile(SNAPSHOT, `${names.join("\n")}\n`);
  assertEquals(names, (await Deno.readTextFile(SNAPSHOT)).trim().split("\n"));
});
