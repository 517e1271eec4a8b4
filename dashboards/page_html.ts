import { htmlShell } from "./html_shell.ts";
import type { PageData } from "./page_data.ts";
import { type PageFont, pageFonts } from "./page_font.ts";
import type { SiteNote } from "./site/site_note.ts";

/** Stands in place of the data in a served page, which requests the data from its server with the token. */
export interface ServedNote {
  readonly served: true;
  /** Whether the server can score radiographs. */
  readonly scoring: boolean;
  /** Whether the server can make DICOM objects of the study's films. */
  readonly dicom: boolean;
}

const SCRIPT = new URL("./page.bundle.js", import.meta.url);

/** The typefaces of the PDFs that the page writes, with a reduced character set; made once. */
let fonts: Promise<PageFont[]> | undefined;

/**
 * The whole page as HTML. The default policy allows only the page's own inline script, by its hash, so scripts in the
 * data cannot run.
 *
 * @param pictures all images as one base64 text; empty if the page requests them.
 * @param options.links markup of the icon and other links, as in `htmlShell`
 */
export async function pageHtml(
  data: PageData | ServedNote | SiteNote,
  pictures: string,
  { policy, links }: { policy?: string; links?: string } = {},
): Promise<string> {
  const script = await Deno.readTextFile(SCRIPT);
  const style = await Deno.readTextFile(new URL("./page.css", import.meta.url));
  return htmlShell({
    policy: policy ?? contentPolicy(await pageScriptSha256()),
    colorScheme: "light dark",
    title: "Caput: deviation of the femoral head from healthy",
    links,
    style,
    body:
      `<noscript>This page needs the script inside it; please allow scripts. Nothing is sent to other computers.</noscript>
<div id="page"></div>
<script type="application/json" id="data">${inert(JSON.stringify(data))}</script>
<script type="text/plain" id="pictures">${pictures}</script>
<script type="application/json" id="fonts">${inert(JSON.stringify(await (fonts ??= pageFonts())))}</script>
<script>${script}</script>`,
  });
}

/** Base64 of the sha256 of the page's script, for the content security policy. */
export async function pageScriptSha256(): Promise<string> {
  const script = new TextEncoder().encode(await Deno.readTextFile(SCRIPT));
  return new Uint8Array(await crypto.subtle.digest("SHA-256", script)).toBase64();
}

/**
 * Content security policy of the page. Allowed are its own script (by its hash), inline styles, its own images, and its
 * own server if it has one.
 */
export function contentPolicy(scriptSha256: string): string {
  return [
    "default-src 'none'",
    `script-src 'sha256-${scriptSha256}'`,
    "style-src 'unsafe-inline'",
    "img-src data: blob: 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

/** JSON that is safe inside HTML: `<` and the line separators U+2028 and U+2029 are escaped. */
export function inert(json: string): string {
  return json.replaceAll("<", "\\u003c").replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
}
