import { assertEquals } from "@std/assert";
import { readableLabels } from "../../src/figures/readable_labels.ts";

const ROOM = { domain: [1, 11] as const, log: false, lengthPx: 400, fontSizePx: 10 };
const at = (value: number, label: string) => ({ value, label });

Deno.test("a label that would overlap an earlier one is omitted", () => {
  const labels = [at(3, "median"), at(6, "95 %"), at(6.5, "99 %")];
  assertEquals(readableLabels(labels, ROOM).map(({ label }) => label), ["median", "95 %"]);
  assertEquals(readableLabels(labels, { ...ROOM, lengthPx: 4000 }).length, 3);
});

Deno.test("on a log axis, space is measured along the axis", () => {
  const labels = [at(2, "50 %"), at(2.2, "95 %"), at(8, "99 %")];
  assertEquals(readableLabels(labels, { ...ROOM, log: true }).map(({ label }) => label), ["50 %", "99 %"]);
});
