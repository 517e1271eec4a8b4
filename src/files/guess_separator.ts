const SEPARATORS = [",", ";", "\t"];

/** The separator of a delimited text: the one of `, ; tab` that occurs most often in its first line outside quotes; a comma if none occurs. */
export function guessSeparator(text: string): string {
  const line = (/^[^\r\n]*/.exec(text)?.[0] ?? "").replace(/"[^"]*"/g, "");
  const count = (mark: string) => line.split(mark).length - 1;
  return SEPARATORS.reduce((best, mark) => count(mark) > count(best) ? mark : best);
}
