const SEPARATORS = [",", ";", "\t"];

/**
 * Guesses the separator of delimited text: the most frequent of comma, semicolon and tab in the first line, not
 * counting quoted cells. A comma if the line contains none of them.
 */
export function guessSeparator(text: string): string {
  const line = (/^[^\r\n]*/.exec(text)?.[0] ?? "").replace(/"[^"]*"/g, "");
  const count = (mark: string) => line.split(mark).length - 1;
  return SEPARATORS.reduce((best, mark) => count(mark) > count(best) ? mark : best);
}
