import type { PdfObject } from "./pdf_font.ts";

/**
 * An image of a figure as a PDF image. JPEG data are embedded unchanged; other formats are converted to JPEG.
 */
export async function pdfPicture(source: string): Promise<PdfObject> {
  const jpeg = /^data:image\/jpeg;base64,(.*)$/.exec(source)?.[1];
  const bytes = jpeg ? bytesOf(jpeg) : bytesOf((await drawn(source)).split(",")[1]);
  const { width, height, channels } = jpegShape(bytes);
  return {
    dictionary: `/Type /XObject /Subtype /Image /Width ${width} /Height ${height} /BitsPerComponent 8 ` +
      `/ColorSpace /${channels === 1 ? "DeviceGray" : "DeviceRGB"} /Filter /DCTDecode`,
    stream: bytes,
  };
}

async function drawn(source: string): Promise<string> {
  const image = new Image();
  image.src = source;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
  canvas.getContext("2d")!.drawImage(image, 0, 0);
  return canvas.toDataURL("image/jpeg", 0.95);
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

/**
 * Size and number of channels from the JPEG frame header (ITU-T T.81, B.2.2).
 *
 * @throws {SyntaxError} if there is no frame header.
 */
export function jpegShape(bytes: Uint8Array): { width: number; height: number; channels: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 2; at + 9 < bytes.length; at += 2 + view.getUint16(at + 2)) {
    const marker = bytes[at + 1];
    if (bytes[at] !== 0xff) break;
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return { height: view.getUint16(at + 5), width: view.getUint16(at + 7), channels: bytes[at + 9] };
    }
  }
  throw new SyntaxError("Cannot put the image into the PDF: it must be a JPEG with a frame header");
}
