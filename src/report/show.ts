import type { ShowOptions } from "./media_bundle.ts";

/**
 * The kernel sends what it is given on a thread of its own and may report "idle" first: in one cell of sixty the last output came
 * too late for nbconvert, which stops listening then. After a wait of 30 ms none of 120 did.
 */
const SETTLE_MS = 30;

/**
 * Shows a value in a notebook: end a cell with `await show(...)`, since the kernel may drop a last expression's value.
 * Outside a notebook the plain text is printed. It answers nothing, since a kernel would show the answer too.
 *
 * @throws {TypeError} if a picture comes without alt text, or the value is of no kind that can be shown.
 */
export async function show(value: unknown, options: ShowOptions = {}): Promise<void> {
  // Drawing needs native code and a DOM: they are loaded when something is shown, not whenever the library is.
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
    await new Promise((done) => setTimeout(done, SETTLE_MS));
  } else console.log(bundle.data["text/plain"]);
}

type Broadcast = (type: string, content: Record<string, unknown>) => Promise<void>;

/** The kernel's door, or null outside a kernel, where merely asking for `Deno.jupyter` throws. */
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
