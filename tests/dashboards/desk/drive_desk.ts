import type { Page } from "playwright-core";
import type { DeskEntry } from "../../../src/desk/desk_act.ts";
import { encodePng } from "../../../src/image/encode_png.ts";
import { CAPUT_ARGS } from "../../cli/run_caput.ts";

const ROOT = new URL("../../../", import.meta.url);
/** Centre and radius in pixels. */
export type Disc = readonly [x: number, y: number, radius: number];

/** A film of bright discs on black, which the toy network detects as heads. */
export function film(discs: readonly Disc[]): Uint8Array {
  const widthPx = 800, heightPx = 600;
  const samples = Uint8Array.from({ length: widthPx * heightPx }, (_, i) => {
    const x = i % widthPx, y = Math.floor(i / widthPx);
    return discs.some(([cx, cy, radius]) => Math.hypot(x - cx, y - cy) <= radius)
      ? 250
      : 20 + (x * 7 + y * 13) % 20;
  });
  return encodePng({ widthPx, heightPx, samples });
}

/** Starts the desk (`caput desk`) as a user would; returns its process and address. */
export async function startDesk(
  folder: string,
  { models = "models", open = "films" }: { models?: string; open?: string } = {},
): Promise<{ process: Deno.ChildProcess; url: string }> {
  const process = new Deno.Command(Deno.execPath(), {
    args: [
      ...CAPUT_ARGS,
      "desk",
      open,
      "--models",
      models,
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
    if (done) throw new Error("the desk ended before it printed its address");
    text += new TextDecoder().decode(value);
  }
  reader.releaseLock();
  const { url, error } = JSON.parse(text);
  if (!url) throw new Error(`the desk did not start: ${error?.message}`);
  return { process, url };
}

/** The log of corrections. */
export async function readLog(folder: string): Promise<DeskEntry[]> {
  const text = await Deno.readTextFile(`${folder}/films/corrections.jsonl`);
  return text.trimEnd().split("\n").map((line) => JSON.parse(line));
}

/** Screen position of a film pixel. */
export async function at(page: Page, x: number, y: number): Promise<[number, number]> {
  const { place, left, top } = await page.evaluate(() => {
    const canvas = document.querySelector("canvas")!, box = canvas.getBoundingClientRect();
    return { place: JSON.parse(canvas.dataset.place!), left: box.left, top: box.top };
  });
  return [left + place.x + (x + 0.5) * place.scale, top + place.y + (y + 0.5) * place.scale];
}

/** Drags between two film pixels. */
export async function dragFrom(
  page: Page,
  from: [number, number],
  to: [number, number],
  { release = true } = {},
) {
  const [a, b] = [await at(page, ...from), await at(page, ...to)];
  await page.mouse.move(...a);
  await page.mouse.down();
  await page.mouse.move((a[0] + b[0]) / 2, (a[1] + b[1]) / 2);
  await page.mouse.move(...b);
  if (release) await page.mouse.up();
}

/** Resolves when an action is on the disk. */
export const saved = (page: Page) =>
  page.waitForFunction(() => document.querySelector("[role=status]")!.textContent!.includes("Saved."), null, {
    timeout: 60_000,
  });

/** Ends a desk, by force or gracefully. */
export async function endDesk({ process }: { process: Deno.ChildProcess }, signal: Deno.Signal = "SIGTERM") {
  try {
    process.kill(signal);
  } catch { /* ended */ }
  await process.status;
  await process.stdout.cancel();
}
