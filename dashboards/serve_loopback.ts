import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { Readable } from "node:stream";

/** Options of {@linkcode serveLoopback}. */
export interface ServeLoopbackOptions {
  /** 0 takes any free port. */
  port: number;
  /** Time limit for a request's headers, ms. @default {10_000} */
  headersMs?: number;
  /** Time limit for receiving the whole request, ms. @default {330_000} */
  requestMs?: number;
  signal?: AbortSignal;
}

/** A running server. */
export interface LoopbackServer {
  readonly port: number;
  readonly finished: Promise<void>;
  shutdown(): Promise<void>;
}

/** Maximum number of open connections; a page needs only a few. */
const MOST_CONNECTIONS = 64;

/**
 * Serves on 127.0.0.1 only. It uses Node's server and not `Deno.serve`, because the latter waits for a request's
 * headers without a time limit (observed in Deno 2.9.6), and each open connection uses memory.
 *
 * @throws the operating system's error, such as `EADDRINUSE` if the port is in use.
 */
export async function serveLoopback(
  handle: (request: Request) => Promise<Response>,
  { port, headersMs = 10_000, requestMs = 330_000, signal }: ServeLoopbackOptions,
): Promise<LoopbackServer> {
  const server = createServer({
    headersTimeout: headersMs,
    requestTimeout: requestMs,
    connectionsCheckingInterval: Math.min(1000, headersMs / 2),
    maxHeaderSize: 16_384,
  }, (incoming, outgoing) => void answer(incoming, outgoing, handle));
  server.maxConnections = MOST_CONNECTIONS;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve();
    });
  });
  server.on("error", () => {}); // a failed connection must not stop the server
  const finished = new Promise<void>((resolve) => server.once("close", () => resolve()));
  const shutdown = async () => {
    server.close();
    server.closeAllConnections();
    await finished;
  };
  signal?.addEventListener("abort", () => void shutdown(), { once: true });
  if (signal?.aborted) await shutdown();
  return { port: (server.address() as { port: number } | null)?.port ?? port, finished, shutdown };
}

async function answer(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  handle: (request: Request) => Promise<Response>,
): Promise<void> {
  incoming.on("error", () => {}); // an aborted body is reported by the code that reads it
  outgoing.on("error", () => {});
  try {
    const request = toRequest(incoming);
    const response = request ? await handle(request) : new Response("no such address", { status: 400 });
    const body = new Uint8Array(await response.arrayBuffer()), whole = incoming.complete;
    const headers = Object.fromEntries(response.headers);
    // Do not wait for the rest of a body that was rejected.
    outgoing.writeHead(response.status, {
      ...headers,
      "content-length": String(body.length),
      ...(whole ? {} : { connection: "close" }),
    });
    outgoing.end(incoming.method === "HEAD" ? undefined : body, () => whole || incoming.destroy());
  } catch {
    outgoing.destroy();
  }
}

/** Converts to a web `Request`; null if the address or headers are invalid. */
function toRequest(incoming: IncomingMessage): Request | null {
  const { method = "GET", url = "/", rawHeaders } = incoming;
  try {
    const headers = new Headers();
    for (let i = 0; i + 1 < rawHeaders.length; i += 2) headers.append(rawHeaders[i], rawHeaders[i + 1]);
    if (!url.startsWith("/")) return null;
    const body = method === "POST" ? Readable.toWeb(incoming) as ReadableStream<Uint8Array> : undefined;
    return new Request(`http://127.0.0.1${url}`, { method, headers, body });
  } catch {
    return null;
  }
}
