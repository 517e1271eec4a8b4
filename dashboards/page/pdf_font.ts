// Advance widths of Helvetica, thousandths of an em, from space to tilde (Adobe core-14 metrics).
const WIDTHS = (
  "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 278 584 584 584 556 1015 " +
  "667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 667 667 611 278 278 278 469 556 333 " +
  "556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 500 334 260 334 584"
).split(" ").map(Number);

/** Width of a text in Helvetica at size 1. */
export function helveticaWidth(text: string): number {
  return Array.from(text).reduce((sum, letter) => sum + (WIDTHS[letter.charCodeAt(0) - 32] ?? 556), 0) / 1000;
}

const SPECIAL: Record<string, number> = {
  "\u2013": 0x96,
  "\u2014": 0x97,
  "\u2212": 0x96,
  "\u2026": 0x85,
  "\u00d7": 0xd7,
  "\u00b7": 0xb7,
  "\u00b1": 0xb1,
  "\u00b2": 0xb2,
  "\u2019": 0x92,
};

/** A PDF string in Windows-1252; what it lacks becomes a question mark. */
export function winAnsi(text: string): string {
  return Array.from(text, (letter) => {
    const code = SPECIAL[letter] ??
      (letter.charCodeAt(0) < 256 && letter.length === 1 ? letter.charCodeAt(0) : 63);
    return code < 32 || code > 126 || "()\\".includes(letter)
      ? `\\${code.toString(8).padStart(3, "0")}`
      : letter;
  }).join("");
}
