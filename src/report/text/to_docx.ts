import { strToU8, zipSync } from "fflate";
import type { ReportText } from "./render_text.ts";

/** Time stamp of every file in a ZIP file (also DOCX), so that the same content gives the same bytes. */
export const ARCHIVE_TIME = new Date("2000-01-01T00:00:00");

/**
 * Converts texts to a Word document (ECMA-376, WordprocessingML): title, headings and paragraphs in the standard
 * styles, numbers as plain text. Tables are omitted; the paragraphs contain their main numbers.
 */
export function toDocx(texts: readonly ReportText[]): Uint8Array<ArrayBuffer> {
  const body = texts.flatMap(({ title, sections }) => [
    paragraph(title, "Heading1"),
    ...sections.flatMap(({ heading, paragraphs }) => [
      paragraph(heading, "Heading2"),
      ...paragraphs.map((pieces) =>
        paragraph(pieces.map((p) => typeof p === "string" ? p : p.text).join(""))
      ),
    ]),
  ]);
  const document = `${XML}<w:document xmlns:w="${WORD}"><w:body>${body.join("")}</w:body></w:document>`;
  const styles = `${XML}<w:styles xmlns:w="${WORD}">${NORMAL}${style("Heading1", 36)}${
    style("Heading2", 28)
  }</w:styles>`;
  const files = {
    "[Content_Types].xml": TYPES,
    "_rels/.rels": RELATIONS,
    "word/document.xml": document,
    "word/styles.xml": styles,
    "word/_rels/document.xml.rels": DOCUMENT_RELATIONS,
  };
  const bytes = Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)]));
  return new Uint8Array(zipSync(bytes, { mtime: ARCHIVE_TIME }));
}

const XML = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`;
const WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml";
const TYPES = `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ` +
  `ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ` +
  `ContentType="${MAIN}.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="${MAIN}.styles+xml"/></Types>`;
const RELATIONS = `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="r1" ` +
  `Type="${OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>`;
const DOCUMENT_RELATIONS = `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="r1" ` +
  `Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`;

/** Default paragraph style. */
const NORMAL =
  `<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>`;

function style(id: string, halfPoints: number): string {
  return `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="heading ${
    id.at(-1)
  }"/><w:pPr><w:spacing ` +
    `w:before="240"/></w:pPr><w:rPr><w:b/><w:sz w:val="${halfPoints}"/></w:rPr></w:style>`;
}

function paragraph(text: string, styleId?: string): string {
  const safe = text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  // deno-lint-ignore no-control-regex -- characters that XML 1.0 forbids
  const clean = safe.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "");
  const properties = styleId ? `<w:pPr><w:pStyle w:val="${styleId}"/></w:pPr>` : "";
  return `<w:p>${properties}<w:r><w:t xml:space="preserve">${clean}</w:t></w:r></w:p>`;
}
