import type { ShowOptions } from "./media_bundle.ts";

/**
 * Pause after an output, in milliseconds. The kernel sends outputs from another thread and may report "idle" first,
 * after which nbconvert stops listening: the last output of one in sixty cells was lost. With a pause of 30 ms, none of
 * 120 was.
 */
const WAIT_MS = 30;

/**
 * Shows a value in a notebook. End a cell with `await show(...)`, because the kernel may drop the value of the last
 * expression. Outside a notebook the plain text is printed. The function returns nothing, because a kernel would also
 * show a returned value.
 *
 * @throws {TypeError} if an image has no alt text, or the value is of a kind that cannot be shown.
 * @throws {RangeError} if grey images differ in height or a pixel is not finite.
 */
export async function show(value: unknown, options: ShowOptions = {}): Promise<void> {
  // Drawing needs native code and a DOM; they are loaded only when something is shown.
  const { mediaBundle } = await import("./media_bundle.ts");
  const bundle = mediaBundle(value, options);
  const broadcast = kernelBroadcast();
  if (broadcast) {
    await broadcast("display_data", { ...bundle, transient: {} });
    if (options.caption && !("text/html" in bundle.data)) {
      await broadcast("display_data", {
        data: { "text/markdown": `*${escapeMarkdown(options.caption)}*`, "text/plain": options.caption },
        metadata: {},
        transient: {},
      });
    }
    await new Promise((done) => setTimeout(done, WAIT_MS));
  } else console.log(bundle.data["text/plain"]);
}

type Broadcast = (type: string, content: Record<string, unknown>) => Promise<void>;

/** The kernel's broadcast function, or null outside a kernel, where reading `Deno.jupyter` throws. */
function kernelBroadcast(): Broadcast | null {
  try {
    const { jupyter } = Deno as unknown as { jupyter: { broadcast: Broadcast } };
    return jupyter.broadcast.bind(jupyter);
  } catch {
    return null;
  }
}

function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|]/g, (character) => `\\${character}`);
}
