import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { InputError } from "../src/input_error.ts";
import { MODEL_FILES, readModels, writeAtomic } from "../src/mod.ts";
import { build } from "./build_page.ts";
import { pageHtml, pageScriptSha256 } from "./page_html.ts";
import { drawIcon } from "./site/draw_icon.ts";
import { type Engine, filesFor, type SiteAsset, type SiteNote } from "./site/site_note.ts";

/** Options of {@linkcode buildSite}. */
export interface BuildSiteOptions {
  /** Folder that the site is written into; it must be missing, be empty, or contain an older site. */
  out: string;
  /** Models folder for scoring films. */
  models: string;
  /**
   * Models folder that the study was measured with; its encoder places a scored film on the page's map of the latent
   * space. @default {models}
   */
  map?: string;
  /**
   * Called when a step begins, with the number of finished steps, the number of all steps, and the step's name; at the
   * end once more, with an empty name.
   */
  onStep?: (done: number, total: number, name: string) => void;
}

/** Result of {@linkcode buildSite}. */
export interface BuiltSite {
  readonly folder: string;
  /** Total size of all files in bytes. */
  readonly bytes: number;
  /** Download size in bytes of the files needed for scoring, by engine. */
  readonly wireBytes: Readonly<Record<Engine, number>>;
}

/** The file of onnxruntime-web that each engine needs. */
const RUNTIMES: Record<Engine, string> = {
  wasm: "ort-wasm-simd-threaded.wasm",
  webgpu: "ort-wasm-simd-threaded.asyncify.wasm",
};

/** Number of steps that {@linkcode buildSite} reports. */
const SITE_STEPS = 5;

/**
 * Writes a static site: the study's page, which scores films in the browser tab. Every file that the page's scripts
 * fetch is compressed with gzip and named by the start of the sha256 of its uncompressed content; the scripts check the
 * whole hash. The page requests nothing outside the folder `out`.
 *
 * @throws {InputError} if `out` is not empty and does not contain a site, the study cannot be shown (see `buildPage`),
 * or a file of an npm package is missing.
 * @throws {Deno.errors.NotFound} if the study's folder or one of its tables is missing.
 * @throws {IntegrityError} if the plan of the models is missing or wrong, or does not list a needed file.
 * @throws {ModelIntegrityError} if a model file is missing or does not match the hash in the plan.
 */
export async function buildSite(
  studyDir: string,
  { out, models, map = models, onStep = () => {} }: BuildSiteOptions,
): Promise<BuiltSite> {
  await requireSiteFolder(out);
  onStep(0, SITE_STEPS, "study");
  const { json, pictures } = await build(studyDir);
  await Deno.mkdir(`${out}/assets`, { recursive: true });
  const assets: Record<string, SiteAsset> = {}, sizes = new Map<string, number>();
  const add = async (name: string, content: Uint8Array | string) => {
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : new Uint8Array(content);
    const sha256 = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
    const path = `assets/${sha256.slice(0, 24)}.bin`, wire = gzipSync(bytes, { level: 9 });
    assets[name] = { path, sha256, bytes: bytes.length, wireBytes: wire.length };
    if (!sizes.has(path)) await writeAtomic(`${out}/${path}`, wire);
    sizes.set(path, wire.length);
  };
  const write = async (path: string, content: Uint8Array | string) => {
    await writeAtomic(`${out}/${path}`, content);
    sizes.set(path, (await Deno.stat(`${out}/${path}`)).size);
  };
  onStep(1, SITE_STEPS, "pictures and tables");
  await add("data", json);
  await add("pictures", pictures);
  onStep(2, SITE_STEPS, "runtimes");
  for (const engine of ["wasm", "webgpu"] as const) {
    await add(
      `${engine}_worker`,
      await Deno.readTextFile(new URL(`site/${engine}_worker.bundle.js`, import.meta.url)),
    );
    await add(engine, await packageFile("onnxruntime-web", RUNTIMES[engine]));
  }
  await add("codecs", await packageFile("dcmjs-codecs", "dcmjs-native-codecs.wasm"));
  onStep(3, SITE_STEPS, "networks");
  for (const [name, bytes] of Object.entries(await filesOfModels(models, map))) await add(name, bytes);

  onStep(4, SITE_STEPS, "page");
  const note: SiteNote = { site: 1, assets };
  const policy = sitePolicy(await pageScriptSha256());
  const html = await pageHtml(note, "", { policy, links: LINKS });
  for (const sizePx of [192, 512]) await write(`icon-${sizePx}.png`, drawIcon(sizePx));
  await write("manifest.webmanifest", `${JSON.stringify(MANIFEST, null, 1)}\n`);
  await write("sw.js", await serviceWorker(html, { assets, policy }));
  await write("index.html", html); // written last, so that the page never refers to a missing file
  await removeOld(out, sizes);
  onStep(SITE_STEPS, SITE_STEPS, "");
  const wire = (engine: Engine) =>
    filesFor(engine, note).reduce((sum, name) => sum + assets[name].wireBytes, 0);
  return {
    folder: out,
    bytes: [...sizes.values()].reduce((sum, size) => sum + size, 0),
    wireBytes: { wasm: wire("wasm"), webgpu: wire("webgpu") },
  };
}

/**
 * Content security policy of a site's page. Allowed are the page's own script (by its hash), WebAssembly, workers from
 * blobs, inline styles, images from data and blob URLs, and files of the site; nothing from other origins.
 */
export function sitePolicy(scriptSha256: string): string {
  return [
    "default-src 'none'",
    `script-src 'sha256-${scriptSha256}' 'wasm-unsafe-eval'`,
    "worker-src 'self' blob:",
    "style-src 'unsafe-inline'",
    "img-src data: blob: 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

/** Headers that a host should send. For hosts that cannot, the service worker also adds them to the page. */
export function siteHeaders(policy: string): Record<string, string> {
  return {
    "content-security-policy": `${policy}; frame-ancestors 'none'`,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
    "cross-origin-resource-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
  };
}

/** Files by which a folder is recognised as an older site. */
const MARKS = ["sw.js", "manifest.webmanifest"];

async function requireSiteFolder(out: string): Promise<void> {
  const names: string[] = [];
  try {
    for await (const { name } of Deno.readDir(out)) names.push(name);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return;
    throw error;
  }
  if (names.length === 0 || MARKS.every((mark) => names.includes(mark))) return;
  throw new InputError(
    `Cannot write the site: --out must be an empty folder or one that contains a site, got ${out}`,
  );
}

/** Removes files in `assets` that belong to an older site only. */
async function removeOld(out: string, sizes: ReadonlyMap<string, number>): Promise<void> {
  for await (const { name } of Deno.readDir(`${out}/assets`)) {
    if (/^[0-9a-f]{24}\.bin$/.test(name) && !sizes.has(`assets/${name}`)) {
      await Deno.remove(`${out}/assets/${name}`);
    }
  }
}

/**
 * The files needed for scoring, and the encoder that the study's map of the latent space was made with, if it differs
 * from the encoder for scoring.
 */
async function filesOfModels(models: string, map: string): Promise<Record<string, Uint8Array | string>> {
  const { files, plan } = await readModels(models, { need: Object.values(MODEL_FILES) });
  const named = Object.fromEntries(Object.entries(files).map(([name, bytes]) => [`score/${name}`, bytes]));
  const found = { ...named, "score/plan.json": await Deno.readTextFile(`${models}/plan.json`) };
  const other = await readModels(map, { need: [MODEL_FILES.encoder] });
  if (other.plan.models[MODEL_FILES.encoder] === plan.models[MODEL_FILES.encoder]) return found;
  return {
    ...found,
    "map/plan.json": await Deno.readTextFile(`${map}/plan.json`),
    [`map/${MODEL_FILES.encoder}`]: other.files[MODEL_FILES.encoder],
  };
}

async function packageFile(name: string, file: string): Promise<Uint8Array> {
  const main = createRequire(import.meta.url).resolve(name);
  return await Deno.readFile(join(dirname(main), file)).catch((cause) => {
    throw new InputError(`Cannot write the site: ${file} of ${name} is missing; run deno install first`, {
      cause,
    });
  });
}

async function serviceWorker(
  html: string,
  { assets, policy }: { assets: Record<string, SiteAsset>; policy: string },
): Promise<string> {
  const script = await Deno.readTextFile(new URL("site/service_worker.bundle.js", import.meta.url));
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(html + script));
  const site = {
    version: new Uint8Array(digest).toHex().slice(0, 16),
    shell: ["./", "manifest.webmanifest", "icon-192.png", "icon-512.png"],
    assets: [...new Set(Object.values(assets).map(({ path }) => path))],
    headers: siteHeaders(policy),
  };
  return `const SITE = ${JSON.stringify(site)};\n${script}`;
}

const LINKS = `<meta name="theme-color" content="#1d3f5e">
<link rel="icon" href="icon-192.png">
<link rel="manifest" href="manifest.webmanifest">`;

const MANIFEST = {
  name: "Caput",
  short_name: "Caput",
  description:
    "How far a femoral head deviates from healthy. Research and teaching only, not a medical device.",
  start_url: "./",
  scope: "./",
  display: "standalone",
  background_color: "#ffffff",
  theme_color: "#1d3f5e",
  icons: [192, 512].map((sizePx) => ({
    src: `icon-${sizePx}.png`,
    sizes: `${sizePx}x${sizePx}`,
    type: "image/png",
  })),
};
