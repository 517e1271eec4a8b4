/** Runs `use` in a temporary folder with the file `cohort.csv`. The folder is removed afterwards. */
export async function withCohort(
  content: string | Uint8Array,
  use: (path: string, folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.realPath(await Deno.makeTempDir());
  try {
    const path = `${folder}/cohort.csv`;
    await Deno.writeFile(path, typeof content === "string" ? new TextEncoder().encode(content) : content);
    await use(path, folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
