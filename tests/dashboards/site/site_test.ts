import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { encodePng } from "../../../src/image/encode_png.ts";
import { everyContainer } from "../../radiograph/every_container.ts";
import { SOFTWARE_WEBGPU } from "../open_browser.ts";
import { sampleSite, withSite } from "./open_site.ts";
import { assertSameScore, commandLineScores, hardFilm, hardFilms, realFilms } from "./same_numbers.ts";

const AXE = new URL("../../../node_modules/axe-core/axe.min.js", import.meta.url);

function browserTest(name: string, fn: () => Promise<void>): void {
  Deno.test({ name: `site: ${name}`, sanitizeOps: false, sanitizeResources: false, fn });
}

browserTest(
  "dropped films have the same scores as on the command line (WebAssembly); no other server is contacted",
  async () => {
    const films = [...await realFilms(), ...await hardFilms(6)], here = commandLineScores(films);
    await withSite(async ({ page, served, complaints, requests, score }) => {
      assertEquals(await page.evaluate(() => crossOriginIsolated), true);
      await page.selectOption("#engine", "wasm");
      const scores = await score(films);
      assertEquals(scores.length, films.length);
      for (const [i, own] of (await here).entries()) assertSameScore(scores[i], own, films[i][0]);
      assert(
        scores.reduce((sum, { heads }) => sum + heads.length, 0) >= 8,
        "there must be at least 8 heads to compare",
      );
      assertStringIncludes((await page.textContent("#engine-status"))!, "Runs on WebAssembly");
      assertStringIncludes(
        (await page.textContent(".live"))!,
        "Research and teaching only, not a medical device",
      );
      assertStringIncludes((await page.textContent(".live"))!, "synthetic");
      await page.evaluate(await Deno.readTextFile(AXE));
      const { violations } = await page.evaluate("axe.run()") as {
        violations: { id: string; nodes: { html: string }[] }[];
      };
      assertEquals(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), []);
      assertEquals(complaints, []);
      assertEquals(requests.filter((url) => !/^(blob:|data:)/.test(url) && !url.startsWith(served.url)), []);
    });
  },
);

// Two films only, because WebGPU in software is slow; bench/page/site.ts --engine webgpu compares more. On the real
// film a head is uncertain, so that the networks also run on further views of it.
browserTest("WebGPU (here in software) gives the same scores as the command line", async () => {
  const films = [...(await realFilms()).slice(0, 1), await hardFilm(1)], here = commandLineScores(films);
  await withSite(async ({ page, score }) => {
    const adapter = await page.evaluate(async () => {
      const { gpu } = navigator as unknown as { gpu?: { requestAdapter(): Promise<unknown> } };
      return await gpu?.requestAdapter() != null;
    });
    if (!adapter) return console.warn("skipped: this Chromium has no WebGPU, not even in software");
    assertStringIncludes((await page.textContent("#engine-status"))!, "Will run on WebAssembly");
    await page.selectOption("#engine", "webgpu");
    const scores = await score(films);
    assertEquals(scores.length, films.length);
    for (const [i, own] of (await here).entries()) {
      assertEquals(scores[i].device, "webgpu");
      assertSameScore(scores[i], own, films[i][0]);
    }
    assertEquals(scores.at(-1)!.heads.length, 2);
    assertStringIncludes((await page.textContent("#engine-status"))!, "Runs on WebGPU");
  }, { args: SOFTWARE_WEBGPU, scoreMs: 400_000 });
});

browserTest("scores without a network after the first visit, from a host that sends no headers", async () => {
  const film = (await realFilms())[0] ?? await hardFilm(1), here = commandLineScores([film]);
  await withSite(async ({ page, served, score }) => {
    assertEquals(await page.evaluate(() => crossOriginIsolated), false);
    await page.waitForSelector(".engine[data-kept]", { timeout: 120_000 });
    await page.context().setOffline(true);
    await served.shutdown();
    await page.reload();
    await page.waitForSelector("#film", { state: "attached" });
    assertEquals(
      await page.evaluate(() => crossOriginIsolated),
      true,
      "the service worker must make the page cross-origin isolated",
    );
    const refused = await page.evaluate(() => fetch("elsewhere").then(() => false, () => true));
    assert(refused, "the network must be disconnected");
    const [scored] = await score([film]);
    assertSameScore(scored, (await here)[0], film[0]);
  }, { plain: true });
});

browserTest(
  "every lossless file format gives the same score; all formats, also JPEG, are scored as on the command line",
  async () => {
    const [, png] = await hardFilm(4, 512);
    const { decode } = await import("fast-png");
    const { width, height, data, depth } = decode(png);
    const words = depth === 16 ? new Uint16Array(data) : Uint16Array.from(data as Uint8Array, (v) => v << 4);
    const { files, skipped } = await everyContainer({
      words,
      widthPx: width,
      heightPx: height,
      bitsStored: depth === 16 ? 16 : 12,
    });
    if (skipped.length) console.warn(`skipped: ${skipped.join(", ")}`);
    const { default: sharp } = await import("sharp");
    const jpeg = await sharp(png).toColourspace("b-w").jpeg({ quality: 95 }).toBuffer();
    const films = [...files, ["JPEG", new Uint8Array(jpeg)] as const], here = commandLineScores(films);
    await withSite(async ({ page, score }) => {
      await page.selectOption("#engine", "wasm");
      const scores = await score(films);
      assertEquals(scores.length, films.length);
      for (const [i, own] of (await here).entries()) assertSameScore(scores[i], own, films[i][0]);
      const distances = scores.slice(0, files.size).map(({ heads }) =>
        heads.map(({ distance }) => distance.toFixed(6)).join()
      );
      assertEquals(new Set(distances).size, 1);
    }, { scoreMs: 240_000 });
  },
);

browserTest(
  "a film of 60 megapixels gives an error message, not a crash, and the next film is scored",
  async () => {
    const large = encodePng({ widthPx: 10_000, heightPx: 6000, samples: new Uint8Array(60_000_000) }, {
      level: 1,
      filter: "none",
    });
    const film = await hardFilm(1);
    await withSite(async ({ page, score }) => {
      await page.selectOption("#engine", "wasm");
      const [refused, scored] = await score([["large.png", large], [
        "notes.txt",
        new TextEncoder().encode("no film"),
      ], film]);
      assertEquals(refused.error?.code, "too-large");
      assertEquals(scored.error?.code, "not-an-image");
      const words = (await page.textContent(".live"))!;
      assertStringIncludes(words, "40000000 in all");
      assertStringIncludes(words, "got 10000 x 6000");
      assertStringIncludes(words, "command line");
      assertEquals(await page.locator(".film-overlay").count(), 1);
    });
  },
);

browserTest("a file whose hash differs from the one in the page is never used", async () => {
  const { folder } = await sampleSite(), copy = await Deno.makeTempDir();
  try {
    for (const path of ["index.html", "sw.js", "manifest.webmanifest", "icon-192.png", "icon-512.png"]) {
      await Deno.copyFile(`${folder}/${path}`, `${copy}/${path}`);
    }
    await Deno.mkdir(`${copy}/assets`);
    for await (const { name } of Deno.readDir(`${folder}/assets`)) {
      await Deno.copyFile(`${folder}/assets/${name}`, `${copy}/assets/${name}`);
    }
    const html = await Deno.readTextFile(`${copy}/index.html`);
    const { assets } = JSON.parse(/id="data">(.*?)<\/script>/.exec(html)![1]);
    const path = `${copy}/${assets["score/encoder.onnx"].path}`, bytes = await Deno.readFile(path);
    bytes[bytes.length >> 1] ^= 1;
    await Deno.writeFile(path, bytes);
    const films = [await hardFilm(1)];
    await withSite(async ({ page, score }) => {
      await page.selectOption("#engine", "wasm");
      assertEquals(await score(films), []);
      assertStringIncludes((await page.textContent(".live"))!, "its sha256 must be");
      await Deno.copyFile(`${folder}/${assets["score/encoder.onnx"].path}`, path); // the server has the right file again
      assertEquals((await score(films)).length, 1);
    }, { folder: copy });
  } finally {
    await Deno.remove(copy, { recursive: true });
  }
});

browserTest(
  "fits a phone, has a web app manifest with icons, and its security policy blocks other addresses",
  async () => {
    await withSite(async ({ page }) => {
      assertEquals(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
      const manifest = await page.evaluate(() =>
        fetch(document.querySelector<HTMLLinkElement>("link[rel=manifest]")!.href).then((r) => r.json())
      );
      assertEquals(manifest.display, "standalone");
      for (const { src, sizes } of manifest.icons) {
        const size = await page.evaluate(async (url) => {
          const picture = new Image();
          picture.src = url;
          await picture.decode();
          return `${picture.naturalWidth}x${picture.naturalHeight}`;
        }, src);
        assertEquals(size, sizes);
      }
      const blocked = await page.evaluate(async () => {
        const inPage = new Promise<string>((resolve) =>
          document.addEventListener("securitypolicyviolation", (event) => resolve(event.effectiveDirective))
        );
        fetch("https://example.org/").catch(() => {});
        const script =
          `addEventListener("securitypolicyviolation", (e) => postMessage(e.effectiveDirective)); fetch("https://example.org/").catch(() => {});`;
        const worker = new Worker(URL.createObjectURL(new Blob([script])));
        const inWorker = new Promise<string>((resolve) => (worker.onmessage = ({ data }) => resolve(data)));
        return await Promise.all([inPage, inWorker]);
      });
      assertEquals(blocked, ["connect-src", "connect-src"]);
    }, { viewport: { width: 390, height: 844 } });
  },
);
