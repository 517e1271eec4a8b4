import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { Readable } from "node:stream";

/** Choices of {@linkcode serveLoopback}. */
export interface ServeLoopbackOptions {
  /** 0 takes any free port. */
  port: number;
  /** A request's headers must be there within this time. @default {10_000} */
  headersMs?: number;
  /** And all of it within this one. @default {330_000} */
  requestMs?: number;
  signal?: AbortSignal;
}

/** A server that listens. */
export interface LoopbackServer {
  readonly port: number;
  readonly finished: Promise<void>;
  shutdown(): Promise<void>;
}

/** Connections open at once: a page needs a handful. */
const MOST_CONNECTIONS = 64;

/**
 * Serves on 127.0.0.1 and nowhere else. It is Node's server and not `Deno.serve`, which waits for ever for a request's headers
 * (seen in 2.9.6): each open connection costs memory.
 *
 * @throws the operating system's error, such as `EADDRINUSE` where the port is taken.
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
  server.on("error", () => {}); // a connection that failed is no reason to end
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
  incoming.on("error", () => {}); // a body that broke off is told by whoever reads it
  outgoing.on("error", () => {});
  try {
    const request = toRequest(incoming);
    const response = request ? await handle(request) : new Response("no such address", { status: 400 });
    const body = new Uint8Array(await response.arrayBuffer()), whole = incoming.complete;
    const headers = Object.fromEntries(response.headers);
    // What is left of a body that was refused is not waited for.
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

/** The request in the web's own terms, or null where its address or headers cannot be meant. */
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
