/**
 * Control characters (C0 and C1) and bidirectional formatting characters, which could control a terminal or mislead a
 * reader.
 */
// deno-lint-ignore no-control-regex
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

function escaped(character: string): string {
  const code = character.charCodeAt(0);
  return code < 256 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`;
}

/** Makes an external name, such as a file name, safe for a terminal: one line without control characters. */
export function plainName(text: string): string {
  return text.replace(UNSEEN, escaped);
}

/**
 * Makes a text of several lines safe for a terminal: line breaks and tabs are kept, other control characters are made
 * visible.
 */
export function plainText(text: string): string {
  return text.replace(
    UNSEEN,
    (character) => character === "\n" || character === "\t" ? character : escaped(character),
  );
}
