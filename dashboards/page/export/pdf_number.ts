/** Writes a number for a PDF: at most three decimals, never with an exponent; a number too large for that becomes 0. */
export function pdfNumber(value: number): string {
  return String(Math.round(value * 1000) / 1000).includes("e")
    ? "0"
    : String(Math.round(value * 1000) / 1000);
}
