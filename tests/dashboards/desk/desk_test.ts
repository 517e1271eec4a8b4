import { assert, assertClose, assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { encodePng } from "../../../src/image/encode_png.ts";
import { decodeRuns } from "../../../src/masks/mask_runs.ts";
import type { DeskEntry } from "../../../src/desk/desk_act.ts";
import { writeToyModels } from "../../study/toy_models.ts";
import { CAPUT_ARGS } from "../../cli/run_caput.ts";
import { openBrowser } from "../open_browser.ts";

const ROOT = new URL("../../../", import.meta.url);
type Disc = readonly [x: number, y: number, radius: number];

/** A film of bright discs on black, which the toy network calls heads. */
function film(discs: readonly Disc[]): Uint8Array {
  const widthPx = 800, heightPx = 600;
  const samples = Uint8Array.from({ length: widthPx * heightPx }, (_, i) => {
    const x = i % widthPx, y = Math.floor(i / widthPx);
    return discs.some(([cx, cy, radius]) => Math.hypot(x - cx, y - cy) <= radius)
      ? 250
      : 20 + (x * 7 + y * 13) % 20;
  });
  return encodePng({ widthPx, heightPx, samples });
}

/** Starts the desk as a user would; its address. */
async function startDesk(folder: string): Promise<{ process: Deno.ChildProcess; url: string }> {
  const process = new Deno.Command(Deno.execPath(), {
    args: [
      ...CAPUT_ARGS,
      "desk",
      "films",
      "--models",
      "models",
      "--port",
      "0",
      "--device",
      "cpu",
      "--json",
      "--quiet",
    ],
    cwd: ROOT,
    env: { INIT_CWD: folder, NO_COLOR: "1" },
    stdout: "piped",
    stderr: "inherit",
    stdin: "null",
  }).spawn();
  const reader = process.stdout.getReader();
  let text = "";
  while (!text.includes("\n")) {
    const { value, done } = await reader.read();
    if (done) throw new Error("the desk ended before it said its address");
    text += new TextDecoder().decode(value);
  }
  reader.releaseLock();
  const { url, error } = JSON.parse(text);
  if (!url) throw new Error(`the desk did not start: ${error?.message}`);
  return { process, url };
}

async function readLog(folder: string): Promise<DeskEntry[]> {
  const text = await Deno.readTextFile(`${folder}/films/corrections.jsonl`);
  return text.trimEnd().split("\n").map((line) => JSON.parse(line));
}

/** Screen place of a film pixel. */
async function at(page: Page, x: number, y: number): Promise<[number, number]> {
  const { place, left, top } = await page.evaluate(() => {
    const canvas = document.querySelector("canvas")!, box = canvas.getBoundingClientRect();
    return { place: JSON.parse(canvas.dataset.place!), left: box.left, top: box.top };
  });
  return [left + place.x + (x + 0.5) * place.scale, top + place.y + (y + 0.5) * place.scale];
}

async function dragFrom(page: Page, from: [number, number], to: [number, number], { release = true } = {}) {
  const [a, b] = [await at(page, ...from), await at(page, ...to)];
  await page.mouse.move(...a);
  await page.mouse.down();
  await page.mouse.move((a[0] + b[0]) / 2, (a[1] + b[1]) / 2);
  await page.mouse.move(...b);
  if (release) await page.mouse.up();
}

const saved = (page: Page) =>
  page.waitForFunction(() => document.querySelector("[role=status]")!.textContent!.includes("Saved."), null, {
    timeout: 60_000,
  });

Deno.test("the desk: every tool is driven, every act is in the log, a crash loses the drag under way and no more", async () => {
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
    const last = async () => (await readLog(folder)).at(-1)!;
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
      const before = (await readLog(folder)).length;
      await drive();
      await saved(page);
      const log = await readLog(folder);
      assertEquals(log.length, before + 1, `${name}: one act, one line`);
      check(log.at(-1)!);
      await page.evaluate(() => document.querySelector("[role=status]")!.textContent = "");
    }
    // Looking changes nothing on the disk.
    const length = (await readLog(folder)).length;
    await page.keyboard.press("i");
    await page.keyboard.press("+");
    await page.keyboard.press("2");
    await dragFrom(page, [400, 300], [440, 330]);
    assertEquals((await readLog(folder)).length, length);

    // Five seconds for a correction: drag, save, next.
    await page.keyboard.press("3");
    await page.keyboard.press("0");
    const start = performance.now();
    await dragFrom(page, [550, 330], [556, 334]);
    await saved(page);
    await page.locator("canvas").focus();
    await page.keyboard.press("Enter");
    await page.waitForFunction(
      () =>
        document.querySelector(".queue small")?.textContent &&
        document.querySelector("h1")!.textContent!.includes("1 of 2"),
      null,
      { timeout: 60_000 },
    );
    console.log(`a correction, from drag to next film: ${((performance.now() - start) / 1000).toFixed(1)} s`);
    assertEquals((await last()).act, "done");

    // A crash in mid-drag.
    await page.locator(".heads li").first().waitFor();
    await page.waitForFunction(() => document.querySelector("canvas")!.dataset.place);
    const whole = await Deno.readTextFile(`${folder}/films/corrections.jsonl`);
    await dragFrom(page, [240, 300], [260, 320], { release: false });
    desk.process.kill("SIGKILL");
    await desk.process.status;
    await desk.process.stdout.cancel();
    assertEquals(
      await Deno.readTextFile(`${folder}/films/corrections.jsonl`),
      whole,
      "only the drag is lost",
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
    if (desk) {
      try {
        desk.process.kill("SIGTERM");
      } catch { /* ended */ }
      await desk.process.status;
      await desk.process.stdout.cancel();
    }
    await Deno.remove(folder, { recursive: true });
  }
});
