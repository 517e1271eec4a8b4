import { assert, assertEquals, assertThrows } from "@std/assert";
import { checklistOf } from "../../../src/report/checklists/checklist.ts";
import { claimChecklist } from "../../../src/report/checklists/claim_checklist.ts";
import { stardChecklist } from "../../../src/report/checklists/stard_checklist.ts";
import { tripodChecklist } from "../../../src/report/checklists/tripod_checklist.ts";

const FULL = { synthetic: false, shortcuts: true, without: true, staging: true };
/** Sub-items of each numbered item, as the guidelines publish them: STARD-AI Table 2, TRIPOD+AI checklist. */
const STARD: Record<number, string> = { 15: "abcd", 16: "abc", 17: "ab", 26: "ab", 40: "ab" };
const TRIPOD: Record<number, string> = {
  ...{ 3: "abc", 5: "ab", 6: "abc", 8: "abc", 9: "abc", 12: "abcdefg", 18: "abcdef", 20: "abc", 23: "ab" },
  27: "abc",
};

function numbers(count: number, parts: Record<number, string> = {}): string[] {
  return Array.from({ length: count }, (_, k) => k + 1).flatMap((n) =>
    parts[n] ? [...parts[n]].map((letter) => `${n}${letter}`) : [`${n}`]
  );
}

Deno.test("items have the numbers of the guidelines", () => {
  const items = (make: typeof claimChecklist) => make(FULL).items.map(({ item }) => item);
  assertEquals(items(claimChecklist), numbers(44));
  assertEquals(items(stardChecklist), numbers(40, STARD));
  assertEquals(items(tripodChecklist), numbers(27, TRIPOD));
  assertEquals([items(stardChecklist).length, items(tripodChecklist).length], [48, 52]);
});

Deno.test("each checklist says which source was not available, and each item has a topic and a note", () => {
  for (const make of [claimChecklist, stardChecklist, tripodChecklist]) {
    const { checked, items } = make(FULL);
    assert(checked.includes("not available"), "the checklist must say what was not checked");
    for (const { item, note, asks } of items) assert(note.length > 5 && asks.length > 3, item);
  }
});

Deno.test("items without their analysis are left to the author; items about patients do not apply to a synthetic cohort", () => {
  const state = (parts: typeof FULL, item: string) =>
    stardChecklist(parts).items.find((each) => each.item === item)?.state;
  assertEquals(state(FULL, "23"), "filled");
  assertEquals(state({ ...FULL, shortcuts: false }, "23"), "needs author");
  assertEquals(state({ ...FULL, synthetic: true }, "6"), "not applicable");
});

Deno.test("a rule for a missing item is rejected", () => {
  const lines = [["1", "title", "a", "the author's"]] as const;
  const guideline = { name: "X", source: "", checked: "", lines, aboutPatients: ["2"], needs: {} };
  assertThrows(() => checklistOf(guideline, FULL), RangeError, "no item 2");
});
