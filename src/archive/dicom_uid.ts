import { createHash } from "node:crypto";

/**
 * A DICOM UID derived from a text (PS3.5 annex B.2: `2.25.` and a UUID as a number). The same text gives the same
 * UID, so that something exported twice is the same object.
 */
export function dicomUid(text: string): string {
  const bytes = createHash("sha256").update(`caput dicom uid\n${text}`).digest().subarray(0, 16);
  bytes[6] = (bytes[6] & 0x0f) | 0x80; // version 8: custom bits (RFC 9562 5.8)
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return `2.25.${BigInt(`0x${bytes.toString("hex")}`)}`;
}
