/**
 * Makes docs/page.png, the picture of the page at the top of the README: deno task bench bench/page_picture.ts STUDY.
 * Needs Chromium (CHROMIUM names another program).
 */
import { chromium } from "playwright-core";
import sharp from "sharp";

const [study = "studies/paper"] = Deno.args;
const MOST_BYTES = 400_000;

const browser = await chromium.launch({
  executablePath: Deno.env.get("CHROMIUM") ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, colorScheme: "light" });
  await page.goto(new URL(`file://${await Deno.realPath(`${study}/dashboard.html`)}`).href);
  await page.waitForSelector("svg");
  await page.waitForTimeout(1500); // figures are drawn after the first frame
  const picture = await page.screenshot();
  for (const colours of [256, 128, 64, 32]) {
    const png = await sharp(picture).png({ palette: true, colours, compressionLevel: 9, effort: 10 }).toBuffer();
    if (png.length > MOST_BYTES && colours > 32) continue;
    await Deno.writeFile("docs/page.png", png);
    console.log(`docs/page.png: ${png.length} bytes, ${colours} colours`);
    break;
  }
} finally {
  await browser.close();
}
