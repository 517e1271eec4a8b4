import type { Page } from "playwright-core";
import { buildSite, type BuiltSite } from "../../../dashboards/build_site.ts";
import type { LiveScore } from "../../../dashboards/live_score.ts";
import { type ServedSite, serveSite } from "../../../dashboards/serve_site.ts";
import { SHIPPED_MODELS } from "../../../src/study/models/read_models.ts";
import { openBrowser } from "../open_browser.ts";
import { sampleStudy } from "../sample_study.ts";

let made: Promise<BuiltSite> | undefined;

/**
 * A site of a small sample study with the models of the repository. It is built once and removed when the process ends.
 */
export function sampleSite(): Promise<BuiltSite> {
  return made ??= (async () => {
    const folder = await Deno.makeTempDir();
    addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));
    await sampleStudy(`${folder}/study`, { heads: 60, d: 4, pictures: 6, sizePx: 16 });
    return await buildSite(`${folder}/study`, { out: `${folder}/site`, models: SHIPPED_MODELS });
  })();
}

/** A site open in Chromium. */
export interface OpenedSite {
  readonly page: Page;
  readonly served: ServedSite;
  /** Errors of the page. */
  readonly complaints: string[];
  /** Requested URLs. */
  readonly requests: string[];
  /** Drops films on the page and waits for their scores. */
  score(films: readonly (readonly [name: string, bytes: Uint8Array])[]): Promise<LiveScore[]>;
}

/** Options of {@linkcode withSite}. */
export interface WithSiteOptions {
  /** Folder of the site. @default {that of sampleSite} */
  folder?: string;
  /** Serve without special headers, like a simple web host. @default {false} */
  plain?: boolean;
  /** Flags of Chromium. */
  args?: string[];
  viewport?: { width: number; height: number };
  /** Longest time for one call of `score`, ms. @default {120_000} */
  scoreMs?: number;
}

/** Serves a site, opens it in Chromium and waits for its drop zone. Without Chromium, it only prints a message. */
export async function withSite(
  run: (site: OpenedSite) => Promise<void>,
  { folder, plain, args, viewport = { width: 1440, height: 900 }, scoreMs = 120_000 }: WithSiteOptions = {},
): Promise<void> {
  const browser = await openBrowser(args ? { args } : {});
  if (!browser) return;
  const served = await serveSite(folder ?? (await sampleSite()).folder, { port: 0, plain });
  const page = await (await browser.newContext({ viewport })).newPage();
  const complaints: string[] = [], requests: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("request", (request) => requests.push(request.url()));
  await page.addInitScript(hearScores);
  try {
    await page.goto(served.url);
    await page.waitForSelector("#film", { state: "attached", timeout: 60_000 });
    await run({ page, served, complaints, requests, score });
  } finally {
    await browser.close();
    await served.shutdown();
  }

  async function score(films: readonly (readonly [string, Uint8Array])[]): Promise<LiveScore[]> {
    await page.evaluate(() => {
      (globalThis as unknown as Heard).scores = [];
      document.querySelector(".live")!.replaceChildren(); // clear earlier results
    });
    const transfer = await page.evaluateHandle((given) => {
      const data = new DataTransfer();
      for (const [name, base64] of given) {
        data.items.add(new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], name));
      }
      return data;
    }, films.map(([name, bytes]) => [name, bytes.toBase64()] as const));
    await page.dispatchEvent("#film ~ strong", "drop", { dataTransfer: transfer });
    await page.waitForFunction(
      (count) => document.querySelectorAll(".live-film").length === count,
      films.length,
      { timeout: scoreMs },
    );
    return await page.evaluate(() => (globalThis as unknown as Heard).scores);
  }
}

interface Heard {
  scores: LiveScore[];
}

/** Runs in the page before its own code: records the workers' answers with full precision. */
function hearScores(): void {
  const Plain = Worker, heard = globalThis as unknown as Heard;
  heard.scores = [];
  globalThis.Worker = class extends Plain {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      this.addEventListener("message", ({ data }) => data.kind === "scored" && heard.scores.push(data.score));
    }
  };
}
