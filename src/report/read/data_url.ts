/** A PNG file as a data URL, or null if the file does not exist. */
export async function dataUrl(path: string): Promise<string | null> {
  try {
    return `data:image/png;base64,${(await Deno.readFile(path)).toBase64()}`;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
