import { assertEquals, assertStringIncludes } from "@std/assert";
import { packFlags, readFragment, unpackFlags } from "../../../../dashboards/page/state/url_state.ts";
import { seededPrng } from "../../../../src/array/seeded_prng.ts";

Deno.test("flags are restored from their packed form, for any number of them", () => {
  const prng = seededPrng(5);
  for (const n of [1, 7, 8, 9, 1818]) {
    const flags = Uint8Array.from({ length: n }, () => prng.integer(2));
    assertEquals(unpackFlags(packFlags(flags), n), flags);
  }
});

Deno.test("a link for another version or other data, or with a broken selection, gives a message", () => {
  const study = { n: 16, dataId: "aabbccdd" };
  assertStringIncludes(readFragment("#v=9&map=pca", study).complaint, "version 9");
  const other = readFragment("#v=1&map=pca&sel=AAA&head=3&data=00000000", study);
  assertStringIncludes(other.complaint, "other data");
  assertEquals([other.selection, other.focus, other.view.map], [null, -1, "pca"]);
  assertStringIncludes(readFragment("#v=1&sel=*&data=aabbccdd", study).complaint, "cannot be read");
  assertEquals(readFragment("#v=1&head=99&data=aabbccdd", study).focus, -1);
  assertEquals(readFragment("", study).complaint, "");
});

Deno.test("values that a field does not accept are ignored, and so is an invalid zoom", () => {
  const read = (text: string) => readFragment(text, { n: 1, dataId: "x" });
  assertEquals(read("#v=1&map=evil&colour=split&estimator=&tool=lasso").view, {
    colour: "split",
    tool: "lasso",
  });
  assertEquals(read("#v=1&zoom=2.5,1,-3").zoom, { k: 2.5, x: 1, y: -3 });
  for (const bad of ["", "2", "2,a,1", "0.5,1,1", "99,1,1", "2,1,1,1", "NaN,1,1"]) {
    assertEquals(read(`#v=1&zoom=${bad}`).zoom, null, bad);
  }
});

Deno.test("names that are not fields of the view are ignored", () => {
  const { view } = readFragment("#v=1&__proto__=x&evil=1&log=true", { n: 1, dataId: "" });
  assertEquals(view, { log: true });
});
