/**
 * Writes `page.bundle.js`, the page's code as one script. It is kept in the repository, so that a fresh clone can
 * build a page without fetching a bundler; a test fails when it is older than its sources.
 */
const HERE = new URL("./", import.meta.url);

/** Bundles the page and returns the script. Needs `--allow-run`; Deno fetches esbuild once. */
export async function bundlePage(): Promise<string> {
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
        new URL("page/main.ts", HERE).pathname,
      ],
      cwd: new URL("../", HERE),
    }).output();
    if (code !== 0) throw new Error(`Cannot bundle the page: ${new TextDecoder().decode(stderr)}`);
    const script = (await Deno.readTextFile(output)).trim();
    if (script.includes("</script")) {
      throw new Error("Cannot bundle the page: the script must not hold </script");
    }
    return `${HEADER}\n${script}\n`;
  } finally {
    await Deno.remove(output);
  }
}

const HEADER = `// deno-lint-ignore-file
// deno-fmt-ignore-file
// Made by dashboards/bundle_page.ts; do not edit. Holds Observable Plot and Inputs (ISC, Observable Inc.), d3 (ISC, Mike
// Bostock), hyparquet-writer (MIT, Kenny Daniel) and what they need.`;

if (import.meta.main) {
  const script = await bundlePage();
  await Deno.writeTextFile(new URL("page.bundle.js", HERE), script);
  console.error(`page.bundle.js: ${Math.round(script.length / 1024)} KB`);
}
