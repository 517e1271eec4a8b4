import { createRequire } from "node:module";
import PDFDocument from "pdfkit";
import svgToPdf from "svg-to-pdfkit";

/** PDF points per CSS pixel: an inch has 72 points and 96 pixels. */
const POINTS_PER_PX = 0.75;

/**
 * Converts an SVG to a vector PDF of the same size with embedded fonts; the same SVG gives the same bytes.
 *
 * @param options.widthPx Width in CSS pixels (96 per inch).
 * @param options.heightPx Height in CSS pixels.
 * @param options.title Title in the document's properties.
 * @throws {SyntaxError} if the SVG uses something that cannot be drawn as PDF.
 */
export async function renderPdf(
  svg: string,
  { widthPx, heightPx, title }: { widthPx: number; heightPx: number; title: string },
): Promise<Uint8Array<ArrayBuffer>> {
  const size: [number, number] = [widthPx * POINTS_PER_PX, heightPx * POINTS_PER_PX];
  const epoch = new Date(Date.UTC(2000, 0, 1)); // a fixed date, so that equal files have equal bytes
  const info = { Title: title, Producer: "Caput", Creator: "Caput", CreationDate: epoch, ModDate: epoch };
  const document = new PDFDocument({ size, margin: 0, info, compress: true });
  const chunks: Uint8Array[] = [];
  const finished = new Promise<void>((done, failed) => {
    document.on("data", (chunk: Uint8Array) => chunks.push(chunk));
    document.on("end", () => done());
    document.on("error", failed);
  });
  const resolve = createRequire(import.meta.url).resolve;
  document.registerFont("sans", resolve("dejavu-fonts-ttf/ttf/DejaVuSans.ttf"));
  document.registerFont("sans-bold", resolve("dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf"));
  svgToPdf(document, plain(svg), 0, 0, {
    width: size[0],
    height: size[1],
    fontCallback: (_family: string, bold: boolean) => bold ? "sans-bold" : "sans",
    warningCallback: (message: string) => {
      throw new SyntaxError(`Cannot draw the figure as PDF: ${message}`);
    },
  });
  document.end();
  await finished;
  return new Uint8Array(await new Blob(chunks as BlobPart[]).arrayBuffer());
}

/** Replaces what svg-to-pdfkit does not support: style sheets and `currentColor`. */
function plain(svg: string): string {
  return svg.replace(/<style[\s\S]*?<\/style>/g, "").replaceAll("currentColor", "black");
}
