const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** Runs a program; null if it is not installed. */
export async function runPeer(
  command: string,
  args: readonly string[],
): Promise<{ code: number; out: string; err: string } | null> {
  try {
    const { code, stdout, stderr } = await new Deno.Command(command, { args: [...args], stdin: "null" })
      .output();
    return { code, out: decode(stdout), err: decode(stderr) };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
