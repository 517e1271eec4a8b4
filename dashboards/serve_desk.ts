import type { Desk, DeskLearning, Radiograph } from "../src/mod.ts";
import { type Answer, answerer } from "./answerer.ts";
import { guardRequest } from "./guard_request.ts";
import { htmlShell } from "./html_shell.ts";
import { contentPolicy } from "./page_html.ts";
import { BodiesTooMany, type BodyRoom, bodyRoom, BodyTooLarge, BodyTooSlow, readBody } from "./read_body.ts";
import type { ServedPage } from "./serve_page.ts";

/** Options of {@linkcode serveDesk}. */
export interface ServeDeskOptions {
  desk: Desk;
  /** Short name of the reader who uses the desk. */
  reader: string;
  /** Trains on the corrections. @default requests for a training are answered with status 404 */
  learning?: DeskLearning;
  /** 0 takes any free port. @default {8766} */
  port?: number;
  /** Maximum size of an action in bytes; a run-length encoded outline takes a few kilobytes. @default {4_000_000} */
  maxBytes?: number;
  signal?: AbortSignal;
}

const SCRIPT = new URL("./desk.bundle.js", import.meta.url);

/**
 * Serves the desk (the local page for correcting outlines) on 127.0.0.1 only, with the same checks as the study's page.
 */
export async function serveDesk(options: ServeDeskOptions): Promise<ServedPage> {
  const { desk, reader, learning, port = 8766, maxBytes = 4_000_000, signal } = options;
  const script = await Deno.readTextFile(SCRIPT);
  const policy = contentPolicy(await sha256(script));
  const shell = deskHtml({
    script,
    reader,
    policy,
    style: await Deno.readTextFile(new URL("./desk.css", import.meta.url)),
  });
  const token = crypto.getRandomValues(new Uint8Array(24)).toBase64({ alphabet: "base64url" });
  const answer = answerer(`${policy}; frame-ancestors 'none'`);
  const room = bodyRoom(8 * maxBytes), ready = Promise.withResolvers<number>();
  const server = Deno.serve(
    { hostname: "127.0.0.1", port, signal, onListen: (at) => ready.resolve(at.port) },
    async (request) => {
      try {
        const refusal = guardRequest(request, { port: await ready.promise, token });
        if (refusal) return answer(refusal.status, refusal.reason);
        if (request.method !== "POST" && new URL(request.url).pathname === "/") {
          return answer(200, shell, "text/html; charset=utf-8");
        }
        return await serve(request, { desk, reader, learning, answer, maxBytes, room });
      } catch (error) {
        return failure(error, answer);
      }
    },
  );
  return {
    url: `http://127.0.0.1:${await ready.promise}/#token=${token}`,
    port: await ready.promise,
    finished: server.finished,
    shutdown: () => server.shutdown(),
  };
}

async function sha256(text: string): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))).toBase64();
}

async function serve(
  request: Request,
  { desk, reader, learning, answer, maxBytes, room }: {
    desk: Desk;
    learning: DeskLearning | undefined;
    reader: string;
    answer: Answer;
    maxBytes: number;
    room: BodyRoom;
  },
): Promise<Response> {
  const json = (value: unknown) => answer(200, JSON.stringify(value), "application/json");
  const { pathname } = new URL(request.url);
  const [, what, number] = /^\/api\/([a-z]+)(?:\/(\d{1,9}))?$/.exec(pathname) ?? [], index = Number(number);
  if (what === "learning" && number === undefined && learning) {
    if (request.method === "POST") {
      const { act } = await body(request, { maxBytes: 1000, room });
      if (act === "start") learning.start();
      else if (act === "cancel") learning.cancel();
      else throw new RangeError("Cannot control the training: act must be start or cancel");
    }
    return json(await learning.state());
  }
  if (request.method === "POST") {
    if (number === undefined || (what !== "act" && what !== "click")) return answer(404, "nothing here");
    const value = await body(request, { maxBytes, room });
    return json(
      what === "act" ? await desk.act(index, reader, value) : await desk.click(index, reader, pointOf(value)),
    );
  }
  if (what === "queue") return json({ reader, films: desk.queue(reader) });
  if (what === "agreement") {
    const others = desk.readers().filter((other) => other !== reader);
    return json(others.map((other) => ({ readers: [other, reader], ...desk.agreement([other, reader]) })));
  }
  if (number === undefined) return answer(404, "nothing here");
  if (what === "film") return json(await desk.view(index, reader));
  if (what === "score") return json(await desk.score(index, reader));
  if (what === "pixels") return answer(200, words(await desk.pixels(index)), "application/octet-stream");
  return answer(404, "nothing here");
}

/** Parses the JSON body of a request. */
async function body(
  request: Request,
  { maxBytes, room }: { maxBytes: number; room: BodyRoom },
  // deno-lint-ignore no-explicit-any
): Promise<any> {
  const bytes = await readBody(request, { maxBytes, idleMs: 15_000, totalMs: 60_000, room });
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } finally {
    room.give(bytes.length);
  }
}

function pointOf(value: unknown): [number, number] {
  const { at } = (value ?? {}) as { at?: unknown };
  if (Array.isArray(at) && at.length === 2 && at.every(Number.isFinite)) return [at[0], at[1]];
  throw new RangeError("Cannot add a head: the position of the click must be two numbers, at: [x, y]");
}

/** The film's values as 16-bit words, low byte first. Fractional values are scaled to 0 to 65535. */
function words({ pixels }: Radiograph): Uint8Array<ArrayBuffer> {
  const out = new Uint16Array(pixels.length);
  if (pixels instanceof Float32Array) {
    let low = Infinity, high = -Infinity;
    for (const value of pixels) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
    const scale = high > low ? 65535 / (high - low) : 0;
    for (let i = 0; i < out.length; i++) out[i] = Math.round((pixels[i] - low) * scale);
  } else out.set(pixels);
  return new Uint8Array(out.buffer);
}

function failure(error: unknown, answer: Answer): Response {
  if (error instanceof BodyTooLarge) return answer(413, error.message);
  if (error instanceof BodyTooSlow) return answer(408, error.message);
  if (error instanceof BodiesTooMany) return answer(503, error.message);
  const { name, message, code = "not-possible", fix = "" } = error as Error & { code?: string; fix?: string };
  const expected = ["InputError", "RangeError", "SyntaxError", "RadiographError"].includes(name);
  const description = expected ? { code, message, fix } : {
    code: "not-stored",
    message: "The change could not be saved, or the film could not be read",
    fix: "Check whether the disk is full and whether the film's file still exists",
  };
  return answer(expected ? 422 : 500, JSON.stringify({ error: description }), "application/json");
}

function deskHtml(
  { script, style, policy, reader }: { script: string; style: string; policy: string; reader: string },
): string {
  return htmlShell({
    policy,
    colorScheme: "dark",
    title: "Caput: film desk",
    style,
    body:
      `<noscript>The desk needs its script; please allow scripts. Nothing is loaded from elsewhere or sent elsewhere.</noscript>
<div id="desk" data-reader="${reader}"></div>
<script type="module">${script}</script>`,
  });
}
