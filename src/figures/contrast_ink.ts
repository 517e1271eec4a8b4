/** A linear mix of two colours in sRGB, `#rrggbb`: `from` at 0, `to` at 1. */
export function mixColours(from: string, to: string, share: number): string {
  const end = channels(to);
  const hex = channels(from).map((c, i) =>
    Math.round(c + (end[i] - c) * share).toString(16).padStart(2, "0")
  );
  return `#${hex.join("")}`;
}

/**
 * Ink for text on a colour `#rrggbb`: nearly black if the colour's relative luminance (WCAG 2.2) is above 0.179,
 * otherwise white. On a colour of that luminance, pure black and pure white have the same contrast.
 */
export function contrastInk(colour: string): string {
  const [r, g, b] = channels(colour).map((c) => {
    const s = c / 255;
    return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.179 ? "#111418" : "#ffffff";
}

function channels(hex: string): number[] {
  return [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));
}
