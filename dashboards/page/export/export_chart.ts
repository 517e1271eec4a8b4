import { saveFile } from "./save_file.ts";
import { svgToPdf } from "./svg_to_pdf.ts";

/** File formats for charts. */
export type ChartFormat = "svg" | "pdf" | "png";

/** Saves a figure: SVG as it is, PDF as vectors with embedded fonts and images, PNG at 300 dpi. */
export async function downloadChart(
  svg: SVGSVGElement,
  { name, format }: { name: string; format: ChartFormat },
): Promise<void> {
  const file = `caput-${name}.${format}`;
  if (format === "svg") return saveFile(new Blob([svgText(svg)], { type: "image/svg+xml" }), file);
  if (format === "pdf") return saveFile(new Blob([await svgToPdf(svg)], { type: "application/pdf" }), file);
  saveFile(await pngOf(svg), file);
}

/** Text of a standalone SVG file of the figure. */
export function svgText(svg: SVGSVGElement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(svg)}`;
}

async function pngOf(svg: SVGSVGElement): Promise<Blob> {
  const scale = 300 / 96;
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgText(svg))}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(Number(svg.getAttribute("width")) * scale);
  canvas.height = Math.round(Number(svg.getAttribute("height")) * scale);
  const context = canvas.getContext("2d")!;
  context.fillStyle = "#ffffff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return await new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) =>
        blob ? resolve(blob) : reject(new Error("Cannot make the PNG: the browser returned no image")),
      "image/png",
    )
  );
}
