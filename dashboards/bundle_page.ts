/**
 * Writes the bundles, one script each: the study's page, the desk (where readers correct outlines), the site's two
 * scoring workers and its service worker. They are kept in the repository, so that a fresh clone can build a page
 * without fetching a bundler; a test fails if one is older than its sources.
 */
const HERE = new URL("./", import.meta.url);

/** File name of each bundle, by the source it is made from. */
export const BUNDLES = {
  "page/main.ts": "page.bundle.js",
  "desk/main.ts": "desk.bundle.js",
  "site/wasm_worker.ts": "site/wasm_worker.bundle.js",
  "site/webgpu_worker.ts": "site/webgpu_worker.bundle.js",
  "site/service_worker.ts": "site/service_worker.bundle.js",
} as const;

/**
 * The modules that need Deno, Node or the native runtime, and the module that replaces each of them in a browser.
 * Everything else that is bundled must run in Deno and in a browser (`tests/rooms_test.ts`).
 */
export const DOORS = {
  "src/platform/platform.ts": "src/platform/web_platform.ts",
  "src/onnx/load_runtime.ts": "src/onnx/web_runtime.ts",
  "src/onnx/known_absent.ts": "src/onnx/web_absent.ts",
  "src/study/models/read_models.ts": "src/study/models/web_models.ts",
} as const;

/**
 * Bundles one entry of {@linkcode BUNDLES} and returns the script. Needs `--allow-run`; Deno fetches esbuild once.
 *
 * @throws {Error} if bundling fails, or the script contains `</script`.
 */
export async function bundlePage(entry: keyof typeof BUNDLES = "page/main.ts"): Promise<string> {
  const output = await Deno.makeTempFile({ suffix: ".js" }), map = await importMap();
  try {
    const { code, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        "bundle",
        "--quiet",
        "--platform",
        "browser",
        "--minify",
        "--import-map",
        map,
        "--output",
        output,
        new URL(entry, HERE).pathname,
      ],
      cwd: new URL("../", HERE),
    }).output();
    if (code !== 0) throw new Error(`Cannot bundle ${entry}: ${new TextDecoder().decode(stderr)}`);
    const script = (await Deno.readTextFile(output)).trim();
    if (script.includes("</script")) {
      throw new Error(`Cannot bundle ${entry}: the script must not contain </script`);
    }
    return `${HEADERS[entry]}\n${script}\n`;
  } finally {
    await Promise.all([Deno.remove(output), Deno.remove(map)]);
  }
}

/** Writes an import map with the project's imports and the replacements of `DOORS`; returns the path of the file. */
async function importMap(): Promise<string> {
  const root = new URL("../", HERE),
    { imports } = JSON.parse(await Deno.readTextFile(new URL("deno.json", root)));
  const at = (path: string) => new URL(path, root).href;
  const own = Object.entries<string>(imports).map(([name, to]) => [name, to.startsWith("./") ? at(to) : to]);
  const doors = Object.entries(DOORS).map(([from, to]) => [at(from), at(to)]);
  const subpaths = own.filter(([, to]) => to.startsWith("npm:")).map((
    [name, to],
  ) => [`${name}/`, `npm:/${to.slice(4)}/`]);
  const file = await Deno.makeTempFile({ suffix: ".json" });
  await Deno.writeTextFile(
    file,
    JSON.stringify({ imports: Object.fromEntries([...own, ...subpaths, ...doors]) }),
  );
  return file;
}

const HEADER = `// deno-lint-ignore-file
// deno-fmt-ignore-file
// Made by dashboards/bundle_page.ts; do not edit. Holds Observable Plot and Inputs (ISC, Observable Inc.), d3 (ISC,
// Mike Bostock), hyparquet-writer (MIT, Kenny Daniel) and what they need.`;

const DESK_HEADER = `// deno-lint-ignore-file
// deno-fmt-ignore-file
// Made by dashboards/bundle_page.ts; do not edit.`;

const WORKER_HEADER = `// deno-lint-ignore-file
// deno-fmt-ignore-file
// Made by dashboards/bundle_page.ts; do not edit. Holds onnxruntime-web (MIT, Microsoft), dicom-parser (MIT, Chris
// Hafey), fflate (MIT, Arjun Barrett), fzstd (MIT, Arjun Barrett), @bufbuild/protobuf (Apache-2.0 and BSD-3-Clause) and
// onnx-buf (MIT).`;

const HEADERS: Record<keyof typeof BUNDLES, string> = {
  "page/main.ts": HEADER,
  "desk/main.ts": DESK_HEADER,
  "site/wasm_worker.ts": WORKER_HEADER,
  "site/webgpu_worker.ts": WORKER_HEADER,
  "site/service_worker.ts": DESK_HEADER,
};

if (import.meta.main) {
  for (const [entry, file] of Object.entries(BUNDLES)) {
    const script = await bundlePage(entry as keyof typeof BUNDLES);
    await Deno.writeTextFile(new URL(file, HERE), script);
    console.error(`${file}: ${Math.round(script.length / 1024)} KB`);
  }
}
