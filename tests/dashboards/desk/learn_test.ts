import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { Page } from "playwright-core";
import { SHIPPED_MODELS } from "../../../src/study/models/read_models.ts";
import { discCorrections } from "../../desk/disc_corrections.ts";
import { openBrowser } from "../open_browser.ts";
import { at, endDesk, film, readLog, saved, startDesk } from "./drive_desk.ts";

const AXE = new URL("../../../node_modules/axe-core/axe.min.js", import.meta.url);

/** Accessibility problems that axe finds on the page. */
async function violationsOf(page: Page): Promise<string[]> {
  const { violations } = await page.evaluate("axe.run()") as {
    violations: { id: string; nodes: { html: string }[] }[];
  };
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}

/** A folder of films whose discs a reader outlined and checked, with the desk's log of these corrections. */
async function correctedFilms(folder: string, count: number): Promise<void> {
  await Deno.mkdir(`${folder}/films`);
  const lines: string[] = [];
  for (let i = 0; i < count; i++) {
    const path = `${folder}/films/f${i}.png`, discs = [[250 + i, 320, 42], [560, 330 + i, 44]] as const;
    await Deno.writeFile(path, film(discs));
    lines.push(...await discCorrections(path, discs, { found: true }));
  }
  await Deno.writeTextFile(`${folder}/films/corrections.jsonl`, `${lines.join("\n")}\n`);
}

const scores = (shareAt75: number, meanIou: number) => ({
  shareAt75,
  meanIou,
  cappedIou: meanIou,
  missed: 0,
  falseHeads: 0,
});

Deno.test("the desk: Learn shows the results before and after training, runs during correction, can be cancelled, and no saved correction is lost in a crash", async () => {
  const browser = await openBrowser();
  if (!browser) return;
  const folder = await Deno.makeTempDir();
  let desk: Awaited<ReturnType<typeof startDesk>> | null = null, alive = true;
  try {
    await correctedFilms(folder, 4);
    const heads = [{ row: 1, side: "right", before: 0.5, after: 0.8 }, {
      row: 2,
      side: "left",
      before: 0.8,
      after: 0.9,
    }];
    const comparison = {
      films: 1,
      heads,
      before: scores(0.5, 0.65),
      after: scores(1, 0.85),
      synthetic: null,
    };
    await Deno.writeTextFile(
      `${folder}/films/learning.jsonl`,
      `${
        JSON.stringify({
          ...{ time: "2026-01-02T03:04:05.000Z", models: "learnt-1", films: 4, left: 0, steps: 240 },
          comparison: {
            ...comparison,
            better: true,
            reason: "of 2 heads that were left out, 2 reach IoU 0.75; before training it was 1",
          },
        })
      }\n`,
    );
    desk = await startDesk(folder, { models: SHIPPED_MODELS });
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(desk.url);
    await page.locator(".heads li").nth(1).waitFor({ timeout: 120_000 });
    await page.evaluate(await Deno.readTextFile(AXE));
    assertEquals(await violationsOf(page), []);

    await page.getByRole("button", { name: "Learn" }).click();
    const dialog = page.locator("dialog");
    await dialog.getByText("Kept: of 2 heads that were left out, 2 reach IoU 0.75").waitFor();
    assertStringIncludes(await dialog.innerText(), "0.650");
    assertStringIncludes(await dialog.locator("pre").innerText(), "desk films --models films/learnt-1");
    assertStringIncludes(await dialog.innerText(), "not a medical device");
    assertEquals(await violationsOf(page), []);

    // During a training, the desk can still be used.
    await dialog.getByRole("button", { name: "Start" }).click();
    await dialog.getByText(/films, [\d.]+ per second/).waitFor({ timeout: 120_000 });
    assert(await dialog.getByRole("button", { name: "Cancel training" }).isVisible());
    await dialog.getByRole("button", { name: "Close" }).click();
    const before = (await readLog(folder)).length; // the log contains the network's heads of all films, so the correction below adds one line
    await page.locator("canvas").focus();
    await page.keyboard.press("Shift+ArrowLeft");
    await saved(page);
    assertEquals((await readLog(folder)).length, before + 1);
    await page.getByRole("button", { name: "Learn" }).click();
    await dialog.getByRole("button", { name: "Cancel training" }).click();
    await dialog.getByText("Stopped. Press Start").waitFor({ timeout: 120_000 });
    const csv = await Deno.readTextFile(`${folder}/films/corrected.csv`);
    assertEquals(csv.trimEnd().split("\n").length, 1 + 2 * 4);
    assertEquals(csv.match(/,validation$/gm)?.length, 2, "one film of four is left out");

    // Server and browser are killed during a drag and a training.
    await dialog.getByRole("button", { name: "Start" }).click();
    await dialog.getByText(/films, [\d.]+ per second/).waitFor({ timeout: 120_000 });
    await dialog.getByRole("button", { name: "Close" }).click();
    const log = await Deno.readTextFile(`${folder}/films/corrections.jsonl`);
    await page.mouse.move(...await at(page, 560, 330));
    await page.mouse.down();
    await page.mouse.move(...await at(page, 590, 350));
    const session = await browser.newBrowserCDPSession();
    const { processInfo } = await session.send("SystemInfo.getProcessInfo");
    const gone = new Promise((resolve) => browser.on("disconnected", resolve));
    Deno.kill(processInfo.find(({ type }) => type === "browser")!.id, "SIGKILL");
    await gone;
    alive = false;
    await endDesk(desk, "SIGKILL");
    desk = null;
    assertEquals(
      await Deno.readTextFile(`${folder}/films/corrections.jsonl`),
      log,
      "only the drag may be lost",
    );
    assertEquals(await Deno.readTextFile(`${folder}/films/corrected.csv`), csv);

    const again = await openBrowser();
    try {
      desk = await startDesk(folder, { models: SHIPPED_MODELS });
      const next = await again!.newPage();
      await next.goto(desk.url);
      await next.getByText("4 of 4 checked").waitFor({ timeout: 120_000 });
      await next.getByRole("button", { name: "Learn" }).click();
      await next.locator("dialog").getByText("Kept: of 2 heads").waitFor();
      assert(await next.locator("dialog").getByRole("button", { name: "Start" }).isVisible());
    } finally {
      await again!.close();
    }
  } finally {
    if (alive) await browser.close();
    if (desk) await endDesk(desk);
    await Deno.remove(folder, { recursive: true });
  }
});
