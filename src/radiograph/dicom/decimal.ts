/** Parses a decimal string (PS3.5 6.2, VR DS). Returns null if it is not valid, such as "0,5". */
export function decimal(text: string): number | null {
  const trimmed = text.replace(/\0/g, "").trim();
  return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(trimmed) && Number.isFinite(Number(trimmed))
    ? Number(trimmed)
    : null;
}
