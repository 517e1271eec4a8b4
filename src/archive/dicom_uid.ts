import { createHash } from "node:crypto";

/**
 * A DICOM UID made from a text (PS3.5 annex B.2: `2.25.` and a UUID as a number), the same for the same text, so that what is
 * exported twice is one object and not two.
 */
export function dicomUid(text: string): string {
  const bytes = createHash("sha256").update(`caput dicom uid\n${text}`).digest().subarray(0, 16);
  bytes[6] = (bytes[6] & 0x0f) | 0x80; // version 8: bits of our own (RFC 9562 5.8)
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return `2.25.${BigInt(`0x${bytes.toString("hex")}`)}`;
}
