import { readInside } from "./read_inside.ts";
import { serveLoopback } from "./serve_loopback.ts";
import { siteHeaders, sitePolicy } from "./build_site.ts";
import { pageScriptSha256 } from "./page_html.ts";

const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  webmanifest: "application/manifest+json",
  png: "image/png",
  bin: "application/octet-stream",
};

/** A static site being served. */
export interface ServedSite {
  readonly url: string;
  readonly finished: Promise<void>;
  shutdown(): Promise<void>;
}

/**
 * Serves a site's folder on 127.0.0.1 only, with the headers that a host should send.
 *
 * @param options.port 0 takes any free port. @default {8767}
 * @param options.plain True to omit these headers, like a host that cannot send them. @default {false}
 * @throws {Deno.errors.NotFound} if the folder is missing.
 */
export async function serveSite(
  folder: string,
  { port = 8767, plain = false, signal }: { port?: number; plain?: boolean; signal?: AbortSignal } = {},
): Promise<ServedSite> {
  const root = await Deno.realPath(folder);
  const headers = plain ? {} : siteHeaders(sitePolicy(await pageScriptSha256()));
  const server = await serveLoopback(async (request) => {
    if (request.method !== "GET" && request.method !== "HEAD") {
      return new Response("nothing here", { status: 405 });
    }
    const { pathname } = new URL(request.url), path = pathname === "/" ? "index.html" : pathname.slice(1);
    const bytes = await readInside(root, path);
    if (!bytes) return new Response("nothing here", { status: 404, headers });
    const type = TYPES[path.slice(path.lastIndexOf(".") + 1)] ?? "application/octet-stream";
    const caching = path.startsWith("assets/") ? "public, max-age=31536000, immutable" : "no-cache";
    return new Response(bytes, { headers: { ...headers, "content-type": type, "cache-control": caching } });
  }, { port, signal });
  const { finished, shutdown } = server;
  return { url: `http://127.0.0.1:${server.port}/`, finished, shutdown: () => shutdown() };
}
