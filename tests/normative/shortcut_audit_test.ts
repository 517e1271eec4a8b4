import { assert, assertEquals, assertThrows } from "@std/assert";
import { seededPrng } from "../../src/array/seeded_prng.ts";
import { shortcutAudit } from "../../src/normative/shortcut_audit.ts";
import { normals } from "./normals.ts";

const prng = seededPrng(30);

Deno.test("shortcutAudit finds the one attribute that distances depend on; attributes with too few or only one value are left out", () => {
  const n = 240, side = Array.from({ length: n }, (_, i) => (i % 2 ? "left" : "right"));
  const age = normals(n, 60, 10), size = normals(n, 48, 3);
  const distances = size.map((v) => 5 + 0.3 * (v - 48) + 0.8 * prng.normal());
  const found = shortcutAudit(distances, {
    attributes: {
      side,
      age,
      headSizePx: size,
      site: side.map(() => "A"),
      sex: side.map((_, i) => (i < 4 ? "f" : "")),
    },
    patient: side.map((_, i) => i >> 1),
    bootstraps: 400,
  });
  assertEquals(found.map((f) => [f.attribute, f.kind, f.tells]), [
    ["side", "auc", false],
    ["age", "spearman", false],
    ["headSizePx", "spearman", true],
  ]);
  assert(
    found.every(({ p, pAdjusted }) => p !== null && pAdjusted !== null && pAdjusted >= p && pAdjusted <= 1),
  );
  found.forEach(({ p, interval, kind }) => {
    const nullValue = kind === "auc" ? 0.5 : 0;
    assertEquals(p! < 0.05, interval![0] > nullValue || interval![1] < nullValue); // p and interval agree
  });
  assert(found[2].estimate > 0.5 && found[2].interval![0] > 0.4);
  assertThrows(() => shortcutAudit([1, NaN], { attributes: {}, patient: [1, 2] }), RangeError, "head 1");
  assertThrows(
    () => shortcutAudit([1, 2], { attributes: { side: ["a"] }, patient: [1, 2] }),
    TypeError,
    '"side"',
  );
});

Deno.test("shortcutAudit: of 30 attributes that are noise, none is associated with the distance after Holm's correction", () => {
  const n = 120, chance = seededPrng(5), noise = () => Array.from({ length: n }, () => chance.normal());
  const distances = noise();
  const attributes = Object.fromEntries(Array.from({ length: 30 }, (_v, k) => [`noise${k}`, noise()]));
  const found = shortcutAudit(distances, {
    attributes,
    patient: distances.map((_v, i) => i),
    bootstraps: 300,
  });
  assert(found.some(({ p }) => p! < 0.1), "the smallest p must be below 0.1 before correction");
  assert(found.every(({ tells }) => !tells));
});
