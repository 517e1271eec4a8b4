/**
 * Makes the site work offline. The worker serves the page from a cache of its own; the page reads the other files from
 * the cache that `fetch_asset.ts` fills. The worker also adds the headers that a simple host cannot send. With these
 * headers the page is cross-origin isolated (which threads require) and can connect only to its own origin.
 */
import { STORE } from "./fetch_asset.ts";

/** Defined in front of this script by `build_site.ts`. */
declare const SITE: {
  readonly version: string;
  /** The page, and the files that a browser reads with it. */
  readonly shell: readonly string[];
  /** Paths of all files named by their hash. */
  readonly assets: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
};

interface LifeEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface FetchCall extends LifeEvent {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Scope {
  readonly registration: { readonly scope: string };
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(kind: "install" | "activate", listener: (event: LifeEvent) => void): void;
  addEventListener(kind: "fetch", listener: (event: FetchCall) => void): void;
}

const scope = self as unknown as Scope;
const shellStore = `caput-page-${SITE.version}`;
const here = (path: string) => new URL(path, scope.registration.scope).href;

scope.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const store = await caches.open(shellStore);
    await store.addAll(SITE.shell.map((path) => new Request(here(path), { cache: "reload" })));
    await scope.skipWaiting();
  })());
});

scope.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith("caput-page-") && name !== shellStore) await caches.delete(name);
    }
    const wanted = new Set(SITE.assets.map(here)), store = await caches.open(STORE);
    for (const { url } of await store.keys()) {
      if (url.startsWith(here("assets/")) && !wanted.has(url)) await store.delete(url);
    }
    await scope.clients.claim();
  })());
});

scope.addEventListener("fetch", (event) => {
  const { request } = event, url = request.url.split(/[?#]/)[0];
  const path = request.mode === "navigate" && (url === here("./") || url === here("index.html"))
    ? "./"
    : null;
  const known = path ?? SITE.shell.find((each) => here(each) === url);
  if (request.method === "GET" && known !== undefined) event.respondWith(answer(known, request));
});

async function answer(path: string, request: Request): Promise<Response> {
  const store = await caches.open(shellStore);
  const found = await store.match(here(path)) ?? await fetch(request);
  const headers = new Headers(found.headers);
  for (const [name, value] of Object.entries(SITE.headers)) headers.set(name, value);
  return new Response(found.body, { status: found.status, headers });
}
