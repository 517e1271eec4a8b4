/** Control characters, those of C1 too, and marks that turn the direction of text: what a terminal might obey or a reader misread. */
// deno-lint-ignore no-control-regex
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

function escaped(character: string): string {
  const code = character.charCodeAt(0);
  return code < 256 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`;
}

/** A name from outside, such as a file's, on one line with nothing in it that a terminal obeys. */
export function plainName(text: string): string {
  return text.replace(UNSEEN, escaped);
}

/** Several lines of text for a terminal: line ends and tabs stay, every other control character is shown. */
export function plainText(text: string): string {
  return text.replace(
    UNSEEN,
    (character) => character === "\n" || character === "\t" ? character : escaped(character),
  );
}
