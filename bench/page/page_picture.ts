/**
 * Creates docs/page.png, the screenshot of the page in the README, from the project's folder:
 *
 *     deno task bench bench/page/page_picture.ts [STUDY]
 *
 * Needs Chromium (set the environment variable CHROMIUM to use another program). The study (default: studies/paper)
 * must have a dashboard.html.
 */
import sharp from "sharp";

const [study = "studies/paper"] = Deno.args;
const MOST_BYTES = 400_000;

const folder = await Deno.makeTempDir();
try {
  const page = `file://${await Deno.realPath(`${study}/dashboard.html`)}`;
  const { success, stderr } = await new Deno.Command(Deno.env.get("CHROMIUM") ?? "/usr/bin/chromium", {
    args: [
      ...["--headless", "--no-sandbox", "--hide-scrollbars", "--window-size=1280,960"],
      ...[
        `--user-data-dir=${folder}/profile`,
        "--virtual-time-budget=8000",
        `--screenshot=${folder}/page.png`,
      ],
      page,
    ],
    stdout: "null",
    stderr: "piped",
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  const picture = await Deno.readFile(`${folder}/page.png`);
  for (const colours of [256, 128, 64, 32]) {
    const png = await sharp(picture).png({ palette: true, colours, compressionLevel: 9 }).toBuffer();
    if (png.length > MOST_BYTES && colours > 32) continue;
    await Deno.writeFile("docs/page.png", png);
    console.log(`docs/page.png: ${png.length} bytes, ${colours} colours`);
    break;
  }
} finally {
  await Deno.remove(folder, { recursive: true }).catch(() => {});
}
