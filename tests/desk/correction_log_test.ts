import { assert, assertClose, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { openLog } from "../../src/desk/correction_log.ts";
import { type DeskAct, type DeskEntry, readAct } from "../../src/desk/desk_act.ts";
import { filmDoubt } from "../../src/desk/film_doubt.ts";
import { filmState } from "../../src/desk/film_state.ts";
import { readerAgreement } from "../../src/desk/reader_agreement.ts";
import { encodeRuns } from "../../src/masks/mask_runs.ts";

function disc(cx: number, cy: number, radius: number) {
  const size = 2 * radius + 1;
  const mask = Uint8Array.from(
    { length: size * size },
    (_, i) => Math.hypot(i % size - radius, Math.floor(i / size) - radius) <= radius ? 1 : 0,
  );
  return encodeRuns({ boxPx: { x: cx - radius, y: cy - radius, width: size, height: size }, mask });
}

const entry = (act: DeskAct, reader = "R1", film = "f1"): DeskEntry => ({
  ...act,
  ...{ time: "2026-01-01T00:00:00.000Z", reader, film },
});
const FOUND = entry({
  act: "found",
  quality: [],
  heads: [{ head: "h1", side: "right", implant: false, confidence: 0.9, outline: disc(30, 30, 10) }],
}, "network");
const AT = { film: "f1", reader: "R1" };

Deno.test("filmState: every action, undo and redo, per reader", () => {
  const log: DeskEntry[] = [FOUND];
  const state = (reader = "R1") => filmState(log, { film: "f1", reader });
  log.push(entry({ act: "side", head: "h1", side: "left" }));
  assertEquals(state().heads[0].side, "left");
  assertEquals(
    state("R2").heads[0].side,
    "right",
    "a second reader must not see the first reader's corrections",
  );
  log.push(entry({ act: "outline", head: "n1", outline: disc(80, 30, 12), tool: "click", side: "left" }));
  log.push(entry({ act: "not-head", head: "h1", value: true }), entry({ act: "done", value: true }));
  assertEquals(state().heads.map(({ head, notHead }) => [head, notHead]), [["h1", true], ["n1", false]]);
  assertEquals([state().done, state().acts], [true, 4]);
  log.push(entry({ act: "undo" }), entry({ act: "undo" }), entry({ act: "undo" }));
  assertEquals([state().heads.length, state().done, state().canRedo], [1, false, true]);
  log.push(entry({ act: "redo" }));
  assertEquals(state().heads.length, 2);
  log.push(entry({ act: "delete", head: "h1" }), entry({ act: "implant", head: "n1", value: true }));
  assertEquals([state().canRedo, state().heads.map(({ implant }) => implant)], [false, [true]]);
  for (let i = 0; i < 9; i++) log.push(entry({ act: "undo" }));
  assertEquals([state().canUndo, state().heads[0].side, state().acts], [false, "right", 0]);
});

Deno.test("openLog: appended entries are read back; an incomplete last line is skipped, an invalid line is an error", async () => {
  const folder = await Deno.makeTempDir(), path = `${folder}/corrections.jsonl`;
  try {
    const log = await openLog(path);
    log.append(FOUND);
    log.append(entry({ act: "side", head: "h1", side: "left" }));
    log.close();
    const whole = await Deno.readTextFile(path);
    if (Deno.build.os !== "windows") assertEquals((await Deno.stat(path)).mode! & 0o777, 0o600);
    for (let cut = whole.indexOf("\n") + 2; cut < whole.length; cut += 7) { // a crash in the middle of the second entry
      await Deno.writeTextFile(path, whole.slice(0, cut));
      const again = await openLog(path);
      assertEquals(again.entries, [FOUND]);
      assert(again.torn > 0);
      again.append(entry({ act: "done", value: true }));
      again.close();
      const last = await openLog(path);
      assertEquals(filmState(last.entries, AT).done, true);
      assertEquals(last.entries.length, 2);
      last.close();
    }
    await Deno.writeTextFile(path, `${JSON.stringify({ ...FOUND, film: "../x" })}\n`);
    await assertRejects(() => openLog(path), SyntaxError, "Line 1 of");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("readAct: drops unknown fields and rejects invalid actions", () => {
  assertEquals(readAct({ act: "side", head: "h1", side: "left", extra: 1 }), {
    act: "side",
    head: "h1",
    side: "left",
  });
  for (
    const wrong of [
      null,
      { act: "found", heads: [] },
      { act: "side", head: "h1", side: "up" },
      { act: "delete", head: "a/b" },
      { act: "outline", head: "h1", tool: "pen", outline: {} },
      { act: "done", value: 1 },
    ]
  ) assertThrows(() => readAct(wrong), SyntaxError, "must have");
});

Deno.test("readerAgreement: Dice and radius of films that both readers checked", () => {
  const log: DeskEntry[] = [FOUND];
  log.push(entry({ act: "outline", head: "h1", outline: disc(31, 30, 11), tool: "circle" }, "R2"));
  log.push(entry({ act: "outline", head: "n1", outline: disc(90, 30, 11), tool: "click" }, "R2"));
  assertEquals(readerAgreement(log, ["R1", "R2"]).films, 0);
  log.push(entry({ act: "done", value: true }), entry({ act: "done", value: true }, "R2"));
  const { films, heads, onlyFirst, onlySecond, meanDice, radiusPercent } = readerAgreement(log, ["R1", "R2"]);
  assertEquals([films, heads, onlyFirst, onlySecond], [1, 1, 0, 1]);
  assertClose(radiusPercent!.mean, 200 * 1 / 21, { relative: 0.1 });
  assert(meanDice! > 0.85 && meanDice! < 0.95);
  assertEquals(radiusPercent!.sd, null);
});

Deno.test("filmDoubt: highest for a film without heads, lowest for a film with confident heads", () => {
  const found = FOUND as Extract<DeskEntry, { act: "found" }>;
  const doubt = (heads: number[], quality: string[] = []) =>
    filmDoubt({ ...found, quality, heads: heads.map((confidence) => ({ ...found.heads[0], confidence })) });
  const order = [doubt([]), doubt([0.8]), doubt([0.8, 0.95]), doubt([0.98, 0.97])];
  assertEquals(order, order.toSorted((a, b) => b - a));
  assert(doubt([0.9, 0.9], ["inverted"]) > doubt([0.9, 0.9]));
});
