import { assertEquals } from "@std/assert";
import { parseHTML } from "linkedom";
import { ecdfByGrade } from "../../src/figures/ecdf_by_grade.ts";
import { draw } from "./draw.ts";
import { readableLabels } from "../../src/figures/readable_labels.ts";

const ROOM = { domain: [1, 11] as const, log: false, lengthPx: 400, fontSizePx: 10 };
const at = (value: number, label: string) => ({ value, label });

Deno.test("a label that would overlap an earlier label is omitted", () => {
  const labels = [at(3, "median"), at(6, "95 %"), at(6.5, "99 %")];
  assertEquals(readableLabels(labels, ROOM).map(({ label }) => label), ["median", "95 %"]);
  assertEquals(readableLabels(labels, { ...ROOM, lengthPx: 4000 }).length, 3);
});

Deno.test("on a log axis, space is measured along the axis", () => {
  const labels = [at(2, "50 %"), at(2.2, "95 %"), at(8, "99 %")];
  assertEquals(readableLabels(labels, { ...ROOM, log: true }).map(({ label }) => label), ["50 %", "99 %"]);
});

Deno.test("a label at the start of the axis begins at its line and does not overlap the next label", () => {
  const labels = [at(1, "median"), at(2.1, "95 %"), at(4, "99 %")];
  const [first, second, ...rest] = readableLabels(labels, ROOM);
  assertEquals([first.label, first.fromLine], ["median", true]);
  assertEquals([second.label, second.fromLine], ["99 %", false]);
  assertEquals(rest.length, 0);
});

Deno.test("ECDF: the label of a reference to the left of all heads starts at its line", () => {
  const rows = [7, 8, 9, 20].map((distance) => ({ grade: 0, distance }));
  const text = draw((document) =>
    ecdfByGrade(rows, { document, width: 420, references: [{ value: 6, label: "median" }] })
  );
  const { document } = parseHTML(text);
  const word = [...document.querySelectorAll("text")].find((each) => each.textContent === "median")!;
  const anchor = word.closest("[text-anchor]")?.getAttribute("text-anchor") ?? "start";
  assertEquals(anchor, "start");
});
