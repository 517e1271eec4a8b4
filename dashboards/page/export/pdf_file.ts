import { joinBytes } from "../../../src/array/join_bytes.ts";
import { pdfNumber } from "./pdf_number.ts";
import type { PdfFont, PdfObject } from "./pdf_font.ts";

/** Parts of the PDF that {@linkcode pdfFile} writes. Sizes in points. */
export interface PdfPage {
  readonly width: number;
  readonly height: number;
  /** Content stream: the PDF operators of the drawing. */
  readonly drawing: string;
  /** Fonts, named /F and /FB in the drawing. */
  readonly fonts: readonly [PdfFont, PdfFont];
  /** Images, named /I0, /I1, ... in the drawing. */
  readonly pictures: readonly PdfObject[];
  /** Names of the graphics states by their fill and stroke alpha, separated by a space, such as "1 0.5". */
  readonly states: ReadonlyMap<string, string>;
}

/** Writes one page as a PDF file (version 1.4, syntax as in ISO 32000-1) with a deflated content stream. */
export async function pdfFile(page: PdfPage): Promise<Uint8Array<ArrayBuffer>> {
  const { width, height, drawing, fonts, pictures, states } = page;
  const gs = [...states].map(([alphas, name]) => {
    const [fill, stroke] = alphas.split(" ");
    return `/${name} << /ca ${fill} /CA ${stroke} >>`;
  });
  const first = 5; // object numbers: catalogue, pages, page, content stream, then the resources of the page
  const regular = fonts[0].objects(first);
  const bold = fonts[1].objects(first + regular.length);
  const images = first + regular.length + bold.length;
  const names = pictures.map((_, k) => `/I${k} ${images + k} 0 R`);
  const objects: PdfObject[] = [
    { dictionary: "/Type /Catalog /Pages 2 0 R" },
    { dictionary: "/Type /Pages /Kids [3 0 R] /Count 1" },
    {
      dictionary: `/Type /Page /Parent 2 0 R /MediaBox [0 0 ${pdfNumber(width)} ${pdfNumber(height)}] ` +
        `/Contents 4 0 R /Resources << /Font << /F ${first} 0 R /FB ${first + regular.length} 0 R >> ` +
        `/XObject << ${names.join(" ")} >> /ExtGState << ${gs.join(" ")} >> >>`,
    },
    { dictionary: "/Filter /FlateDecode", stream: await deflated(drawing) },
    ...regular,
    ...bold,
    ...pictures,
  ];
  return assemble(objects);
}

async function deflated(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function assemble(objects: readonly PdfObject[]): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  let size = 0;
  const add = (part: string | Uint8Array) => {
    const bytes = typeof part === "string" ? new TextEncoder().encode(part) : part;
    parts.push(bytes);
    size += bytes.length;
  };
  add("%PDF-1.4\n%\u00e2\u00e3\n");
  const offsets = objects.map(({ dictionary, stream }, k) => {
    const at = size;
    add(`${k + 1} 0 obj\n<< ${dictionary}${stream ? ` /Length ${stream.length}` : ""} >>\n`);
    if (stream) {
      add("stream\n");
      add(stream);
      add("\nendstream\n");
    }
    add("endobj\n");
    return at;
  });
  const start = size;
  add(
    `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n` +
      offsets.map((at) => `${String(at).padStart(10, "0")} 00000 n \n`).join("") +
      `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`,
  );
  return joinBytes(parts);
}
