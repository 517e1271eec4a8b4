import { joinBytes } from "../array/join_bytes.ts";
import { ArchiveError } from "./archive_error.ts";

const encode = (text: string) => new TextEncoder().encode(text);

/** The boundary in a Content-Type (RFC 2046 5.1.1), or null. */
export function boundaryOf(contentType: string): string | null {
  const [, quoted, plain] = /boundary=(?:"([^"]{1,200})"|([^\s;]{1,200}))/i.exec(contentType) ?? [];
  return quoted ?? plain ?? null;
}

function indexOf(bytes: Uint8Array, mark: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(mark[0], from); at >= 0; at = bytes.indexOf(mark[0], at + 1)) {
    if (at + mark.length > bytes.length) return -1;
    let same = 1;
    while (same < mark.length && bytes[at + same] === mark[same]) same++;
    if (same === mark.length) return at;
  }
  return -1;
}

/**
 * Splits a multipart message into its bodies (RFC 2046 5.1).
 *
 * @throws {ArchiveError} `rubbish` if the content type contains no boundary; `broken-off` if the closing boundary is
 * missing, because the last body may then be incomplete.
 */
export function multipartBodies(bytes: Uint8Array, contentType: string): Uint8Array[] {
  const boundary = boundaryOf(contentType);
  if (!boundary) {
    throw new ArchiveError(
      "The archive's answer does not state the boundary between its parts",
      "rubbish",
      "ask its administrator",
    );
  }
  const mark = encode(`--${boundary}`), gap = encode("\r\n\r\n"), bodies: Uint8Array[] = [];
  for (let at = indexOf(bytes, mark, 0); at >= 0;) {
    const after = at + mark.length;
    if (bytes[after] === 0x2d && bytes[after + 1] === 0x2d) return bodies;
    const headers = indexOf(bytes, gap, after), next = indexOf(bytes, mark, after);
    if (headers < 0 || next < 0) break;
    // The line break before a boundary belongs to the boundary.
    if (headers < next) bodies.push(bytes.subarray(headers + 4, next - 2));
    at = next;
  }
  throw new ArchiveError(
    "The archive's answer ended too early",
    "broken-off",
    "run the same command again: finished work is kept",
  );
}

/** Makes a multipart/related message of DICOM objects (PS3.18 8.6.1.2). */
export function multipartMessage(objects: readonly Uint8Array[], boundary: string): Uint8Array<ArrayBuffer> {
  const parts = objects.flatMap((bytes) => [
    encode(`--${boundary}\r\nContent-Type: application/dicom\r\n\r\n`),
    bytes,
    encode("\r\n"),
  ]);
  parts.push(encode(`--${boundary}--\r\n`));
  return joinBytes(parts);
}
