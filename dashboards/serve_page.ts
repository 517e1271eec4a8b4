import { type Answer, answerer } from "./answerer.ts";
import { type BuiltPage, openStudy } from "./build_page.ts";
import { guardRequest } from "./guard_request.ts";
import { contentPolicy, pageHtml, pageScriptSha256 } from "./page_html.ts";
import { BodiesTooMany, bodyRoom, BodyTooLarge, BodyTooSlow, readBody } from "./read_body.ts";
import { PICTURE_KINDS } from "./page_data.ts";
import { readInside } from "./read_inside.ts";
import { type DicomSource, serveDicom } from "./serve_dicom.ts";
import { serveLoopback } from "./serve_loopback.ts";

/**
 * Scores one radiograph. Takes its bytes and file name; returns the object that the page shows (see `live_score.ts`).
 */
export type Scorer = (bytes: Uint8Array<ArrayBuffer>, name: string) => Promise<object>;

/** Options of {@linkcode servePage}. */
export interface ServePageOptions {
  /** Folder of the study. */
  studyDir: string;
  /** 0 takes any free port. @default {8765} */
  port?: number;
  /** Scores dropped radiographs. Without it the page states that the models are missing. */
  scorer?: Scorer;
  /** Makes the objects of the page's DICOM export. Without it the page states that this server cannot export. */
  dicom?: DicomSource;
  /** Largest radiograph accepted, in bytes. @default {256_000_000} */
  maxBytes?: number;
  /**
   * Largest total size of the radiographs and export requests that are being sent, are waiting or are being worked on, in
   * bytes. @default {512_000_000}
   */
  maxBytesInAll?: number;
  /** Time limit for a request's headers, in ms. @default {10_000} */
  headersMs?: number;
  /** Longest pause while a body is being sent, in ms. @default {15_000} */
  idleMs?: number;
  /** Time limit for a complete body, in ms. @default {300_000} */
  totalMs?: number;
  signal?: AbortSignal;
}

/** A page being served. */
export interface ServedPage {
  /**
   * Address of the page. Its fragment, which browsers do not send to servers, contains the token that the server made
   * when it started.
   */
  readonly url: string;
  readonly port: number;
  readonly finished: Promise<void>;
  shutdown(): Promise<void>;
}

/**
 * Serves a study on 127.0.0.1 only. The page's HTML needs no token; data, images, scoring and DICOM export do, so that
 * other users of the machine and other web pages cannot use them.
 */
export async function servePage(options: ServePageOptions): Promise<ServedPage> {
  const {
    studyDir,
    port = 8765,
    scorer,
    dicom,
    maxBytes = 256_000_000,
    maxBytesInAll = 512_000_000,
    headersMs = 10_000,
    idleMs = 15_000,
    totalMs = 300_000,
    signal,
  } = options;
  const root = await Deno.realPath(studyDir);
  const pack = await openStudy(root, { maxBytes: 12_000_000, served: true });
  const shell = await pageHtml(
    { served: true, scoring: scorer !== undefined, dicom: dicom !== undefined },
    "",
  );
  const policy = `${contentPolicy(await pageScriptSha256())}; frame-ancestors 'none'`;
  const token = crypto.getRandomValues(new Uint8Array(24)).toBase64({ alphabet: "base64url" });
  const answer = answerer(policy);
  const room = bodyRoom(maxBytesInAll);
  let turn: Promise<unknown> = Promise.resolve(); // radiographs are scored one after the other
  const exports = dicom && serveDicom(dicom, { answer, room, idleMs });
  const handle = async (request: Request, port: number): Promise<Response> => {
    const refusal = guardRequest(request, { port, token });
    if (refusal) return answer(refusal.status, refusal.reason);
    const { pathname } = new URL(request.url);
    if (pathname === "/api/dicom" && exports) return await exports(request);
    if (request.method === "POST") {
      if (pathname !== "/api/score") return answer(404, "nothing here");
      if (!scorer) return answer(503, JSON.stringify(noModels()), "application/json");
      const name = fileNameOf(request);
      const bytes = await readBody(request, { maxBytes, idleMs, totalMs, room });
      const result = turn.then(() => scoreSafely(scorer, bytes, name));
      turn = result;
      const { status, body } = await result.finally(() => room.give(bytes.length));
      return answer(status, JSON.stringify(body), "application/json");
    }
    if (pathname === "/") return answer(200, shell, "text/html; charset=utf-8");
    return await study(pathname, { root, page, answer });
  };
  const ready = Promise.withResolvers<number>();
  const server = await serveLoopback(async (request) => {
    try {
      return await handle(request, await ready.promise);
    } catch (error) {
      if (error instanceof BodyTooLarge) return answer(413, error.message);
      if (error instanceof BodyTooSlow) return answer(408, error.message);
      if (error instanceof BodiesTooMany) return answer(503, error.message);
      return answer(500, "the server could not answer");
    }
  }, { port, headersMs, requestMs: totalMs + headersMs + 30_000, signal });
  ready.resolve(server.port);
  const page = pack(); // the page is served at once, its data and images when they have been packed
  page.catch(() => {}); // an error is reported to the request for the data
  return {
    url: `http://127.0.0.1:${server.port}/#token=${token}`,
    port: server.port,
    finished: server.finished,
    shutdown: () => server.shutdown(),
  };
}

/** An image by its kind and the head's index, as requested by the page of a large study. */
const HEAD_PICTURE = new RegExp(`^/api/head/(${PICTURE_KINDS.join("|")})/(\\d{1,9})$`);

/** The page's data as JSON, the packed images, or one image of the study. */
async function study(
  pathname: string,
  { root, page, answer }: { root: string; page: Promise<BuiltPage>; answer: Answer },
): Promise<Response> {
  if (pathname === "/api/data") return answer(200, (await page).json, "application/json");
  if (pathname === "/api/pictures") return answer(200, (await page).pictures);
  const head = HEAD_PICTURE.exec(pathname);
  if (head) {
    const file = (await page).files[Number(head[2])];
    const bytes = file ? await readInside(root, `${head[1]}/${file}`) : null;
    return bytes ? answer(200, bytes, "image/png") : answer(404, "nothing here");
  }
  const match =
    /^\/api\/picture\/((?:crops|reconstructions|residuals|counterfactuals|progression|directions|teaching)\/[^/]+\.png)$/
      .exec(decodePath(pathname));
  const bytes = match && await readInside(root, match[1]);
  return bytes ? answer(200, bytes, "image/png") : answer(404, "nothing here");
}

function decodePath(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return "";
  }
}

/** The file name given by the browser, without folders and control characters; only for messages, never opened. */
function fileNameOf(request: Request): string {
  const name = decodePath(request.headers.get("x-name") ?? "");
  // deno-lint-ignore no-control-regex
  return name.replace(/[\u0000-\u001f\u007f]/g, "").split(/[/\\]/).at(-1)!.slice(0, 200) || "radiograph";
}

async function scoreSafely(
  scorer: Scorer,
  bytes: Uint8Array<ArrayBuffer>,
  name: string,
): Promise<{ status: number; body: object }> {
  try {
    return { status: 200, body: await scorer(bytes, name) };
  } catch (error) {
    const { message, code, fix } = error as Error & { code?: string; fix?: string };
    return {
      status: 422,
      body: { file: name, error: { code: code ?? "unreadable", message, fix: fix ?? "" } },
    };
  }
}

function noModels(): object {
  return {
    error: {
      code: "no-models",
      message: "This server was started without models, so it cannot score radiographs.",
      fix: "Start it with: deno task -q caput dashboard STUDY --serve --models DIR",
    },
  };
}
