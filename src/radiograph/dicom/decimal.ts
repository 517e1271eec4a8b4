/** A decimal string (PS3.5 6.2, VR DS), or null where it is not one; "0,5" is not. */
export function decimal(text: string): number | null {
  const trimmed = text.replace(/\0/g, "").trim();
  return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(trimmed) && Number.isFinite(Number(trimmed))
    ? Number(trimmed)
    : null;
}
