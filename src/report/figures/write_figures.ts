import { figureTheme } from "../../figures/figure_theme.ts";
import { encodeCsv } from "../../files/encode_csv.ts";
import { writeAtomic } from "../../files/write_atomic.ts";
import { figureSet } from "./figure_set.ts";
import type { PStyle } from "../../stats/format/format_p.ts";
import { readStudy } from "../read/read_study.ts";
import type { StudyFigure } from "./study_figure.ts";
import { InputError } from "../../input_error.ts";

/** A file format of a figure. */
export type FigureFormat = "svg" | "pdf" | "png" | "tiff";

/** Options of {@linkcode writeFigures}. */
export interface WriteFiguresOptions {
  /** Output folder. @default `figures` in the study folder */
  out?: string;
  /**
   * Widths in mm on the printed page, from 40 to 400. @default {[85, 114, 174]}, which are one, one and a half and two
   * columns of a journal
   */
  widthsMm?: readonly number[];
  /** File formats to write. @default {["svg", "pdf", "png", "tiff"]} */
  formats?: readonly FigureFormat[];
  /** Dots per inch of PNG and TIFF, from 72 to 1200. @default {300} */
  dpi?: number;
  /** Journal style of p-values. @default {"apa"} */
  pStyle?: PStyle;
  /** Only figures with these names or numbers (as in `captions.md`, from 1). @default all */
  only?: readonly string[];
  /** Called after each file with the number of files written, the total and the file's name. */
  onProgress?: (done: number, total: number, file: string) => void;
}

const MM_PER_INCH = 25.4, CSS_PX_PER_INCH = 96;
/** Font size: 8 pt, in the middle of the range of 7 to 9 pt that all text of a figure must have. */
const FONT_PX = 8 / 72 * CSS_PX_PER_INCH;
/** Margin on all sides: the print font is wider than the screen font, and the outermost letters would be cut off. */
const MARGIN_PX = 5;

/**
 * Writes the figures of a finished study for publication: each figure at each width and in each format, with its source
 * data (CSV), and `captions.md` with captions and alt texts. With the figure `progression`, its animation (GIF and WebM)
 * is written too. The same study gives the same bytes. With `only`, `captions.md` keeps its entries for figures that were
 * written to the folder earlier.
 *
 * @returns Names of the files in the output folder, in the order in which they were written.
 * @throws {InputError} if a width or the resolution is out of range, a figure does not exist, or the study is incomplete.
 * @throws {IntegrityError} if a JSON file of the study is not valid JSON.
 */
export async function writeFigures(
  studyFolder: string,
  options: WriteFiguresOptions = {},
): Promise<string[]> {
  const { out = `${studyFolder}/figures`, widthsMm = [85, 114, 174], dpi = 300, pStyle, only, onProgress } =
    options;
  const { formats = ["svg", "pdf", "png", "tiff"] } = options;
  requireSizes(widthsMm, dpi);
  const study = await readStudy(studyFolder);
  const all = await figureSet(study, { pStyle });
  const figures = chosenFigures(all, only);
  await Deno.mkdir(out, { recursive: true });
  const written: string[] = [];
  const animated = figures.some(({ name }) => name === "progression");
  const total = figures.length * (widthsMm.length * formats.length + 1) + (animated ? 3 : 1);
  const write = async (name: string, content: Uint8Array | string) => {
    await writeAtomic(`${out}/${name}`, content, { sync: false });
    written.push(name);
    onProgress?.(written.length, total, name);
  };
  for (const figure of figures) {
    for (const widthMm of widthsMm) {
      const drawn = await drawAt(figure, widthMm);
      for (const format of formats) {
        await write(
          `${figure.name}_${widthMm}mm.${format}`,
          await encoded(drawn, { format, dpi, title: figure.alt }),
        );
      }
    }
    await write(`${figure.name}.csv`, sourceCsv(figure));
  }
  if (animated) {
    const { gif, webm } = await (await import("../video/progression_film.ts")).progressionFilm(study);
    await write("progression.gif", gif);
    await write("progression.webm", webm);
  }
  const kept = only ? await earlierCaptions(`${out}/captions.md`, all) : [];
  await write("captions.md", captions([...kept, ...figures.map(captionOf)]));
  return written;
}

/** A figure and its number in the whole set. */
interface NumberedFigure extends StudyFigure {
  readonly number: number;
}

function chosenFigures(all: readonly StudyFigure[], only?: readonly string[]): NumberedFigure[] {
  const numbered = all.map((figure, i) => ({ ...figure, number: i + 1 }));
  const is = (word: string) => (figure: NumberedFigure) =>
    figure.name === word || String(figure.number) === word;
  const unknown = only?.find((word) => !numbered.some(is(word)));
  if (unknown !== undefined) {
    const names = numbered.map(({ name, number }) => `${number} ${name}`).join(", ");
    throw new InputError(`Cannot draw "${unknown}": the name must be one of ${names}`);
  }
  return only ? numbered.filter((figure) => only.some((word) => is(word)(figure))) : numbered;
}

interface Drawn {
  readonly svg: string;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** Draws a figure for print at a given width in mm and returns the SVG with its size. */
export async function drawAt(figure: StudyFigure, widthMm: number): Promise<Drawn> {
  const { parseHTML } = await import("linkedom");
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  const widthPx = widthMm / MM_PER_INCH * CSS_PX_PER_INCH;
  const theme = figureTheme({ scheme: "print", fontSizePx: FONT_PX, fontFamily: "DejaVu Sans, sans-serif" });
  const svg = figure.draw({
    document: document as unknown as Document,
    width: widthPx - 2 * MARGIN_PX,
    theme,
    ariaLabel: figure.alt,
  });

  const heightPx = Number.parseFloat(svg.getAttribute("height") ?? "") + 2 * MARGIN_PX;
  svg.setAttribute("viewBox", `${-MARGIN_PX} ${-MARGIN_PX} ${widthPx} ${heightPx}`);
  svg.setAttribute("width", String(widthPx));
  svg.setAttribute("height", String(heightPx));
  return { svg: svg.outerHTML, widthPx, heightPx };
}

async function encoded(
  { svg, widthPx, heightPx }: Drawn,
  { format, dpi, title }: { format: FigureFormat; dpi: number; title: string },
): Promise<Uint8Array | string> {
  if (format === "svg") return `${svg}\n`;
  if (format === "pdf") {
    return (await import("../render/render_pdf.ts")).renderPdf(svg, { widthPx, heightPx, title });
  }
  const { renderPng } = await import("../render/render_png.ts");
  const png = renderPng(svg, { widthPx: Math.round(widthPx / CSS_PX_PER_INCH * dpi) });
  const { default: sharp } = await import("sharp");
  const image = sharp(png).flatten({ background: "white" }).withMetadata({ density: dpi });
  if (format === "png") return await image.png({ compressionLevel: 9 }).toBuffer();
  return await image.tiff({ compression: "lzw", xres: dpi / MM_PER_INCH, yres: dpi / MM_PER_INCH })
    .toBuffer();
}

/**
 * Source data as CSV. Numbers are passed as numbers, because a text that begins with a minus would be escaped for
 * spreadsheets.
 */
function sourceCsv({ rows }: StudyFigure): string {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const column = (name: string) => {
    const values = rows.map((row) => row[name] ?? null);
    const numeric = values.every((value) => value === null || typeof value === "number");
    return numeric
      ? Float64Array.from(values, (value) => value === null ? NaN : Number(value))
      : values.map((v) => String(v ?? ""));
  };
  return encodeCsv(Object.fromEntries(names.map((name) => [name, column(name)])));
}

/** A figure's entry in `captions.md`. */
interface Caption {
  readonly number: number;
  readonly name: string;
  readonly text: string;
}

function captionOf({ number, name, caption, alt }: NumberedFigure): Caption {
  return { number, name, text: `## Figure ${number}: ${name}\n\n${caption}\n\nAlt text: ${alt}` };
}

/** The entries of an existing `captions.md`, except those whose figure no longer has the same number and name. */
async function earlierCaptions(path: string, all: readonly StudyFigure[]): Promise<Caption[]> {
  const written = await Deno.readTextFile(path).catch(() => "");
  return written.split(/\n\n(?=## Figure \d+: )/).flatMap((entry) => {
    const [, number, name] = /^## Figure (\d+): (\S+)\n/.exec(entry) ?? [];
    return name !== undefined && all[Number(number) - 1]?.name === name
      ? [{ number: +number, name, text: entry.trimEnd() }]
      : [];
  });
}

/** One entry per figure in order of number; of two entries for one figure the later one counts. */
function captions(entries: readonly Caption[]): string {
  const latest = new Map(entries.map((entry) => [entry.number, entry]));
  const ordered = [...latest.values()].sort((a, b) => a.number - b.number);
  return ["# Captions and alt texts", ...ordered.map(({ text }) => text)].join("\n\n") + "\n";
}

function requireSizes(widthsMm: readonly number[], dpi: number): void {
  const wrong = widthsMm.find((width) => !(width >= 40 && width <= 400));
  if (wrong !== undefined) {
    throw new InputError(`Cannot draw figures: a width must be 40 to 400 mm, got ${wrong}`);
  }
  if (!(dpi >= 72 && dpi <= 1200)) {
    throw new InputError(`Cannot draw figures: dpi must be 72 to 1200, got ${dpi}`);
  }
}
