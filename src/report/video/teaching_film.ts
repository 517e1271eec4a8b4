import { pictureGrid } from "../../figures/picture_grid.ts";
import { figureTheme } from "../../figures/figure_theme.ts";
import type { TeachingRecord } from "../../study/teach/teach_study.ts";
import { writeAtomic } from "../../files/write_atomic.ts";
import { dataUrl } from "../read/data_url.ts";
import { escapeHtml } from "../render/html_table.ts";
import { renderPdf } from "../render/render_pdf.ts";

/** Side of an image and height of the text below it in the animation, in pixels. */
const SIDE_PX = 384, FOOT_PX = 54;
/** Duration of a frame in milliseconds; the first and the last one are shown for longer. */
const FRAME_MS = 260, END_FRAME_MS = 1600;
/** Largest number of images of the handout. */
const HANDOUT_IMAGES = 9;
/** Number of images of the printed strip, and its width in CSS pixels. */
const STRIP_IMAGES = 5, STRIP_PX = 658;

/**
 * Writes teaching material on one simulated hip through the grades: an animation (GIF, and WebM, which can be paused),
 * a row of up to five images for slides and print (SVG, PDF, PNG), and a one-page handout with a question and, upside
 * down, the answer.
 *
 * @returns Paths of the files within the study folder, such as `teaching/strip.svg`.
 */
export async function writeTeachingFilm(folder: string, record: TeachingRecord): Promise<string[]> {
  // Native libraries are loaded here, because verbs that draw nothing have no permission for them.
  const { renderPng } = await import("../render/render_png.ts");
  const { animatedGif, webmFilm } = await import("./progression_film.ts");
  const sources = new Map<string, string>();
  for (const { image } of record.frames) sources.set(image, (await dataUrl(`${folder}/${image}`))!);
  const stamped = record.frames.map((frame, i) => ({
    png: renderPng(stamp(frame, sources.get(frame.image)!), { scale: 1 }),
    durationMs: i === 0 || i === record.frames.length - 1 ? END_FRAME_MS : FRAME_MS,
  }));
  const strip = await stripOf(record, sources);
  const files: Record<string, string | Uint8Array> = {
    "the_same_hip.gif": animatedGif(stamped),
    "the_same_hip.webm": await webmFilm(stamped),
    "strip.svg": `${strip.svg}\n`,
    "strip.pdf": await renderPdf(strip.svg, { ...strip, title: "The same hip through the grades" }),
    "strip.png": renderPng(strip.svg, { widthPx: Math.round(STRIP_PX * 300 / 96) }),
    "handout.html": handout(record, sources),
  };
  for (const [name, content] of Object.entries(files)) {
    await writeAtomic(`${folder}/teaching/${name}`, content);
  }
  return Object.keys(files).map((name) => `teaching/${name}`);
}

type Frame = TeachingRecord["frames"][number];

const words = ({ stage, distance, percentile }: Frame) =>
  `grade ${stage.toFixed(1)}   distance ${distance.toFixed(1)}   percentile ${percentile.toFixed(0)}`;

function stamp(frame: Frame, source: string): string {
  const text = (line: number, content: string) =>
    `<text x="10" y="${SIDE_PX + 20 + 22 * line}" font-family="DejaVu Sans" font-size="13" fill="#fff">${
      escapeHtml(content)
    }</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE_PX}" height="${SIDE_PX + FOOT_PX}">` +
    `<rect width="100%" height="100%" fill="#000"/><image width="${SIDE_PX}" height="${SIDE_PX}" href="${source}"/>` +
    text(0, words(frame)) + text(1, "one simulated hip; research and teaching only") + "</svg>";
}

async function stripOf({ frames }: TeachingRecord, sources: ReadonlyMap<string, string>) {
  const { parseHTML } = await import("linkedom");
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  const count = Math.min(STRIP_IMAGES, frames.length);
  const chosen = Array.from(
    { length: count },
    (_, k) => frames[Math.round(k * (frames.length - 1) / Math.max(1, count - 1))],
  );
  const svg = pictureGrid(
    chosen.map((frame, column) => ({
      src: sources.get(frame.image)!,
      column,
      row: 0,
      lines: [
        `grade ${frame.stage.toFixed(1)}, synthetic`,
        `distance ${frame.distance.toFixed(1)}`,
        `percentile ${frame.percentile.toFixed(0)}`,
      ],
    })),
    {
      document: document as unknown as Document,
      width: STRIP_PX,
      theme: figureTheme({ scheme: "print", fontSizePx: 10.667, fontFamily: "DejaVu Sans, sans-serif" }),
      ariaLabel: "One simulated hip from grade 0 to grade 4",
    },
  );
  return { svg: svg.outerHTML, widthPx: STRIP_PX, heightPx: Number(svg.getAttribute("height")) };
}

/**
 * One page to print: up to nine images, a question, and upside down at the bottom the grade and the distance of each image.
 */
function handout({ frames }: TeachingRecord, sources: ReadonlyMap<string, string>): string {
  const count = Math.min(HANDOUT_IMAGES, frames.length);
  const shown = Array.from(
    { length: count },
    (_, k) => frames[Math.round(k * (frames.length - 1) / Math.max(1, count - 1))],
  );
  const pictures = shown.map(({ image }, k) =>
    `<figure><img src="${sources.get(image)}" alt="Image ${k + 1} of the hip"><figcaption>${
      k + 1
    }</figcaption></figure>`
  );
  const answers = shown.map((frame, k) =>
    `${k + 1}: grade ${frame.stage.toFixed(1)}, distance ${frame.distance.toFixed(1)}, percentile ${
      frame.percentile.toFixed(0)
    }`
  );
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>The same hip through the grades</title><style>
body{font:15px/1.45 Georgia,serif;max-width:46rem;margin:1.5rem auto;color:#111;background:#fff}h1{font-size:1.5rem;margin:0}
.grid{display:grid;grid-template-columns:repeat(3,1fr);gap:.6rem;margin:1rem 0}figure{margin:0}img{width:100%;display:block}
figcaption{font:13px sans-serif}.answer{transform:rotate(180deg);font:11px/1.5 sans-serif;border-bottom:1px solid #999;
padding-bottom:.4rem;margin-top:1.2rem}@page{margin:14mm}</style>
<h1>From which image on is it diseased?</h1>
<p>${shown.length} of ${frames.length} images of one simulated hip. Bones, exposure and pose are the same; only a lesion grows. Mark the first image that you
would call diseased, and say what you saw.</p>
<div class="grid">${pictures.join("\n")}</div>
<p>My image: ____ &nbsp; What I saw: ______________________________________</p>
<div class="answer">${
    answers.join("; ")
  }. Grade 1 is seen on MRI only; a grade such as 1.5 is a step between two stages. Distance: how far the head is from healthy heads
(Mahalanobis); percentile: among healthy heads. The distance states how unusual this one head is, not how severe its disease is, so it
need not rise at every step.
Simulated by a computer; research and teaching only, not a medical device.</div></html>
`;
}
