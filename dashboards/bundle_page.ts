/**
 * Writes `page.bundle.js`, the page's code as one script. It is kept in the repository, so that a fresh clone can
 * build a page without fetching a bundler; a test fails when it is older than its sources.
 */
const HERE = new URL("./", import.meta.url);

/** Scripts, by the source they are made from. */
export const BUNDLES = { "page/main.ts": "page.bundle.js", "desk/main.ts": "desk.bundle.js" } as const;

/** Bundles a page and returns the script. Needs `--allow-run`; Deno fetches esbuild once. */
export async function bundlePage(entry: keyof typeof BUNDLES = "page/main.ts"): Promise<string> {
  const output = await Deno.makeTempFile({ suffix: ".js" });
  try {
    const { code, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        "bundle",
        "--quiet",
        "--platform",
        "browser",
        "--minify",
        "--output",
        output,
        new URL(entry, HERE).pathname,
      ],
      cwd: new URL("../", HERE),
    }).output();
    if (code !== 0) throw new Error(`Cannot bundle the page: ${new TextDecoder().decode(stderr)}`);
    const script = (await Deno.readTextFile(output)).trim();
    if (script.includes("</script")) {
      throw new Error("Cannot bundle the page: the script must not hold </script");
    }
    return `${entry === "page/main.ts" ? HEADER : DESK_HEADER}\n${script}\n`;
  } finally {
    await Deno.remove(output);
  }
}

const HEADER = `// deno-lint-ignore-file
// deno-fmt-ignore-file
// Made by dashboards/bundle_page.ts; do not edit. Holds Observable Plot and Inputs (ISC, Observable Inc.), d3 (ISC, Mike
// Bostock), hyparquet-writer (MIT, Kenny Daniel) and what they need.`;

const DESK_HEADER = `// deno-lint-ignore-file
// deno-fmt-ignore-file
// Made by dashboards/bundle_page.ts; do not edit.`;

if (import.meta.main) {
  for (const [entry, file] of Object.entries(BUNDLES)) {
    const script = await bundlePage(entry as keyof typeof BUNDLES);
    await Deno.writeTextFile(new URL(file, HERE), script);
    console.error(`${file}: ${Math.round(script.length / 1024)} KB`);
  }
}
