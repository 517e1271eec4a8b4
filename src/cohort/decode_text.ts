import { CohortError } from "./cohort_error.ts";

/**
 * Decodes the text of a cohort file: UTF-8 with or without byte order mark, UTF-16 of either byte order, otherwise
 * Windows-1252, which Western spreadsheets save by default.
 *
 * @returns the text without byte order mark, and the encoding that was detected.
 * @throws {CohortError} `not-text` if the decoded text contains a NUL or a replacement character (U+FFFD).
 */
export function decodeText(bytes: Uint8Array): { text: string; encoding: string } {
  const encoding = guessEncoding(bytes);
  const text = new TextDecoder(encoding).decode(bytes);
  if (text.includes("\0") || text.includes("\ufffd")) {
    throw new CohortError([{
      code: "not-text",
      severity: "error",
      rows: [],
      message: "it is not a text file",
      fix: "save the sheet as CSV, UTF-8",
    }]);
  }
  return { text, encoding };
}

function guessEncoding(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  const head = bytes.subarray(0, 4096), zeros = [0, 0];
  for (let i = 0; i < head.length; i++) if (head[i] === 0) zeros[i & 1]++;
  // In Western text, UTF-16 without a byte order mark has zeros in every other byte.
  if (zeros[1] > head.length / 4 && zeros[0] === 0) return "utf-16le";
  if (zeros[0] > head.length / 4 && zeros[1] === 0) return "utf-16be";
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return "utf-8";
  } catch {
    return "windows-1252";
  }
}
