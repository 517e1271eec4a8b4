import { assert, assertClose, assertEquals } from "@std/assert";
import type { DeskEntry } from "../../../src/desk/desk_act.ts";
import { decodeRuns } from "../../../src/masks/mask_runs.ts";
import { writeToyModels } from "../../study/toy_models.ts";
import { openBrowser } from "../open_browser.ts";
import { at, dragFrom, endDesk, film, readLog, saved, startDesk } from "./drive_desk.ts";

/**
 * The actions of readers in a log. The network's own entries are left out, because it analyses films in the meantime.
 */
const actsIn = async (folder: string) => (await readLog(folder)).filter(({ reader }) => reader !== "network");

Deno.test("the desk: every action adds one line to the log, viewing adds none, and a crash loses only the drag in progress", async () => {
  const browser = await openBrowser();
  if (!browser) return;
  const folder = await Deno.makeTempDir();
  let desk: Awaited<ReturnType<typeof startDesk>> | null = null;
  try {
    await Deno.mkdir(`${folder}/films`);
    await Deno.writeFile(`${folder}/films/a.png`, film([[250, 320, 42], [560, 330, 44]]));
    await Deno.writeFile(`${folder}/films/b.png`, film([[240, 300, 40]]));
    await writeToyModels(`${folder}/models`);
    desk = await startDesk(folder);
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(error.message));
    page.on("console", (line) => line.type() === "error" && errors.push(line.text()));
    await page.goto(desk.url);
    await page.getByRole("button", { name: /a\.png/ }).click({ timeout: 15_000 }).catch((error) => {
      throw new Error(`the page did not start: ${errors.join("; ")}`, { cause: error });
    });
    await page.locator(".heads li").nth(1).waitFor({ timeout: 120_000 });
    // The list may still be that of the first opening; until the film is drawn again, a drag would have no effect.
    await page.waitForFunction(() => document.querySelector("canvas")!.dataset.place);
    const last = async () => (await actsIn(folder)).at(-1)!;
    const steps: [string, () => Promise<unknown>, (entry: DeskEntry) => void][] = [
      ["circle", () => dragFrom(page, [250, 320], [262, 310]), (entry) => {
        assert(entry.act === "outline" && entry.tool === "circle");
        const { boxPx: { x, y, width, height } } = decodeRuns(entry.outline);
        assertClose([x + width / 2, y + height / 2], [262.5, 310.5], { absolute: 2.5, relative: 0 });
      }],
      ["resize", () => dragFrom(page, [302, 310], [322, 310]), (entry) => {
        assert(entry.act === "outline");
        assertClose(decodeRuns(entry.outline).boxPx.width / 2, 60, { absolute: 4, relative: 0 });
      }],
      ["undo", () => page.keyboard.press("z"), (entry) => assertEquals(entry.act, "undo")],
      ["redo", () => page.keyboard.press("y"), (entry) => assertEquals(entry.act, "redo")],
      ["handles", async () => {
        await page.getByRole("button", { name: "Handles" }).click();
        await dragFrom(page, [262, 250], [262, 235]);
      }, (entry) => assert(entry.act === "outline" && entry.tool === "handles")],
      ["brush", async () => {
        await page.keyboard.press("5");
        await dragFrom(page, [300, 360], [330, 360]);
      }, (entry) => assert(entry.act === "outline" && entry.tool === "brush")],
      [
        "side",
        () => page.locator(".heads select").first().selectOption("unknown"),
        (entry) => assert(entry.act === "side" && entry.side === "unknown"),
      ],
      [
        "implant",
        () => page.getByLabel("Implant").first().check(),
        (entry) => assertEquals(entry.act, "implant"),
      ],
      [
        "not a head",
        () => page.getByLabel("Not a head").first().check(),
        (entry) => assertEquals(entry.act, "not-head"),
      ],
      [
        "delete",
        () => page.locator(".heads li button", { hasText: "Delete" }).last().click(),
        (entry) => assertEquals(entry.act, "delete"),
      ],
      ["add", async () => {
        await page.getByRole("button", { name: "Add head" }).click();
        await page.mouse.click(...await at(page, 560, 330));
      }, (entry) => {
        assert(entry.act === "outline" && entry.tool === "click");
        const { boxPx: { x, y, width, height } } = decodeRuns(entry.outline);
        assertClose([x + width / 2, y + height / 2], [560, 330], { absolute: 3, relative: 0 });
      }],
      ["keys", async () => {
        await page.locator("canvas").focus();
        await page.keyboard.press("Shift+ArrowLeft");
      }, (entry) => assertEquals(entry.act, "outline")],
    ];
    for (const [name, drive, check] of steps) {
      const before = (await actsIn(folder)).length;
      await drive();
      await saved(page).catch(async (cause) => {
        const message = await page.locator("[role=status]").first().innerText();
        throw new Error(`${name} was not saved: ${message}`, { cause });
      });
      const log = await actsIn(folder);
      assertEquals(log.length, before + 1, `${name}: one action must add one line`);
      check(log.at(-1)!);
      await page.evaluate(() => document.querySelector("[role=status]")!.textContent = "");
    }
    // Viewing changes nothing on the disk.
    const length = (await actsIn(folder)).length;
    await page.keyboard.press("i");
    await page.keyboard.press("+");
    await page.keyboard.press("2");
    await dragFrom(page, [400, 300], [440, 330]);
    assertEquals((await actsIn(folder)).length, length);

    // Five seconds for a correction: drag, save, next. The fastest of three attempts, because the machine may be busy.
    await page.keyboard.press("3");
    await page.keyboard.press("0");
    let seconds = Infinity;
    for (let turn = 0; turn < 3 && seconds >= 5; turn++) {
      const start = performance.now();
      await dragFrom(page, [550, 330 + 4 * turn], [556, 334 + 4 * turn]);
      await saved(page);
      await page.locator("canvas").focus();
      await page.keyboard.press("Enter");
      await page.waitForFunction(
        () =>
          document.querySelector("h1")!.textContent!.includes("1 of 2") &&
          document.querySelector(".queue [aria-current] small")!.textContent !== "checked" &&
          document.querySelector("canvas")!.dataset.place,
        null,
        { timeout: 60_000 },
      );
      seconds = (performance.now() - start) / 1000;
      if (seconds < 5) break;
      await page.getByRole("button", { name: /a\.png/ }).click();
      await page.locator(".heads li").nth(1).waitFor({ timeout: 60_000 });
      await page.evaluate(() => document.querySelector("[role=status]")!.textContent = "");
    }
    assert(seconds < 5, `a correction, from drag to next film, takes ${seconds.toFixed(1)} s`);
    assertEquals((await last()).act, "done");

    // A crash during a drag.
    await page.locator(".heads li").first().waitFor();
    await page.waitForFunction(() => document.querySelector("canvas")!.dataset.place);
    const whole = await Deno.readTextFile(`${folder}/films/corrections.jsonl`);
    await dragFrom(page, [240, 300], [260, 320], { release: false });
    await endDesk(desk, "SIGKILL");
    assertEquals(
      await Deno.readTextFile(`${folder}/films/corrections.jsonl`),
      whole,
      "only the drag may be lost",
    );
    assertEquals(errors, []);
    await page.close();
    desk = await startDesk(folder);
    const again = await browser.newPage();
    await again.goto(desk.url);
    await again.getByText("1 of 2 checked").waitFor({ timeout: 60_000 });
    await again.close();
  } finally {
    await browser.close();
    if (desk) await endDesk(desk);
    await Deno.remove(folder, { recursive: true });
  }
});
