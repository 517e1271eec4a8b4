import { assertEquals } from "@std/assert";
import * as caput from "../src/mod.ts";

/** One name per line, sorted. A change here affects everyone who imports Caput, so add it to the CHANGELOG. */
const SNAPSHOT = new URL("./fixtures/public_names.txt", import.meta.url);

Deno.test("the public names match the snapshot", async () => {
  const names = Object.keys(caput).sort();
  if (Deno.env.get("UPDATE_SNAPSHOT") === "1") await Deno.writeTextFile(SNAPSHOT, `${names.join("\n")}\n`);
  assertEquals(names, (await Deno.readTextFile(SNAPSHOT)).trim().split("\n"));
});
