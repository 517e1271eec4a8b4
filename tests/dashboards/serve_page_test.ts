import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { type ServedPage, servePage } from "../../dashboards/serve_page.ts";
import { sampleStudy } from "./sample_study.ts";

/** Sends raw bytes and returns the status line, so that any header can be forged. */
async function raw(port: number, text: string, { waitMs = 0 } = {}): Promise<string> {
  const connection = await Deno.connect({ hostname: "127.0.0.1", port });
  try {
    await connection.write(new TextEncoder().encode(text));
    if (waitMs) await new Promise((resolve) => setTimeout(resolve, waitMs));
    const buffer = new Uint8Array(65536);
    const n = await connection.read(buffer);
    return new TextDecoder().decode(buffer.subarray(0, n ?? 0));
  } finally {
    connection.close();
  }
}

/**
 * Sends a body byte by byte at intervals until there is a response. Returns its status, or NaN if none came in time.
 */
async function drip(
  port: number,
  headers: string,
  { everyMs, forMs }: { everyMs: number; forMs: number },
): Promise<number> {
  const connection = await Deno.connect({ hostname: "127.0.0.1", port });
  try {
    await connection.write(
      new TextEncoder().encode(`POST /api/score HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${headers}\r\n\r\n`),
    );
    const buffer = new Uint8Array(4096);
    let answer = "";
    const reading = connection.read(buffer).then((
      n,
    ) => (answer = new TextDecoder().decode(buffer.subarray(0, n ?? 0))));
    for (const end = performance.now() + forMs; !answer && performance.now() < end;) {
      await connection.write(new Uint8Array([120])).catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, everyMs));
    }
    return answer ? status(await reading) : NaN;
  } finally {
    connection.close();
  }
}

const status = (answer: string) => Number(answer.split(" ")[1]);

interface At {
  base: string;
  token: string;
  ids: string[];
}

async function served(run: (page: ServedPage, at: At) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  const heads = await sampleStudy(`${folder}/study`, { heads: 60, d: 4, pictures: 6, sizePx: 16 });
  await Deno.writeTextFile(`${folder}/secret.png`, "outside");
  await Deno.symlink(`${folder}/secret.png`, `${folder}/study/crops/link.png`);
  const page = await servePage({
    studyDir: `${folder}/study`,
    port: 0,
    maxBytes: 1000,
    idleMs: 150,
    totalMs: 600,
    scorer: (bytes, name) =>
      bytes[0] === 0
        ? Promise.reject(Object.assign(new Error("not a radiograph"), { code: "junk", fix: "give a film" }))
        : Promise.resolve({ file: name, size: bytes.length, heads: [] }),
  });
  const url = new URL(page.url);
  try {
    await run(page, {
      base: url.origin,
      token: url.hash.slice("#token=".length),
      ids: heads.map((head) => head.id),
    });
  } finally {
    await page.shutdown();
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("the server answers requests on loopback that have the token, and rejects forged requests", async () => {
  await served(async ({ port }, { base, token, ids }) => {
    const get = (path: string, headers: HeadersInit = {}) => fetch(base + path, { headers });
    const shell = await get("/");
    assertEquals(shell.status, 200);
    const text = await shell.text();
    assert(
      !text.includes(ids[0]) && !text.includes(token),
      "the page's HTML must contain neither data nor the token",
    );
    const policy = shell.headers.get("content-security-policy")!;
    assertStringIncludes(policy, "default-src 'none'");
    assertStringIncludes(policy, "frame-ancestors 'none'");
    assertEquals(shell.headers.get("x-content-type-options"), "nosniff");
    assertEquals(shell.headers.get("cache-control"), "no-store");
    assertEquals(shell.headers.get("access-control-allow-origin"), null);

    const data = await get("/api/data", { "x-token": token });
    assertEquals((await data.json()).headId, ids);
    for (const path of ["/api/data", "/api/pictures", "/api/picture/crops/h00000.png"]) {
      const refused = await get(path);
      assertEquals(refused.status, 401, path);
      await refused.body?.cancel();
    }
    const wrong = await get("/api/data", { "x-token": `${token}x` });
    assertEquals(wrong.status, 401);
    await wrong.body?.cancel();
    const picture = await get("/api/picture/crops/h00000.png", { "x-token": token });
    assertEquals(picture.headers.get("content-type"), "image/png");
    await picture.body?.cancel();

    for (
      const path of [
        "/api/picture/crops/..%2f..%2fsecret.png",
        "/api/picture/..%2fsecret.png",
        "/api/picture/crops%2f..%2f..%2fsecret.png",
        "/api/picture/crops/link.png",
        "/api/picture/crops/%00.png",
        "/api/picture/%ff",
        "/etc/passwd",
        "/study.json",
      ]
    ) {
      const answer = await raw(
        port,
        `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX-Token: ${token}\r\n\r\n`,
      );
      assertEquals(status(answer), 404, path);
      assert(!answer.includes("outside"), path);
    }
    const answerTo = (headers: string, { method = "GET", path = "/" } = {}) =>
      raw(port, `${method} ${path} HTTP/1.1\r\n${headers}\r\n\r\n`);
    const ask = (...request: Parameters<typeof answerTo>) => answerTo(...request).then(status);
    assertEquals(await ask("Host: evil.example"), 421);
    assertEquals(await ask(`Host: evil.example:${port}`), 421);
    assertEquals(await ask(`Host: 127.0.0.1:${port}\r\nOrigin: http://evil.example`), 403);
    assertEquals(
      await ask(`Host: 127.0.0.1:${port}\r\nSec-Fetch-Site: cross-site\r\nX-Token: ${token}`, {
        path: "/api/data",
      }),
      403,
    );
    assertEquals(await ask(`Host: 127.0.0.1:${port}`, { method: "PUT" }), 405);
    const preflight = await answerTo(
      `Host: 127.0.0.1:${port}\r\nOrigin: http://evil.example\r\nAccess-Control-Request-Method: POST`,
      { method: "OPTIONS", path: "/api/score" },
    );
    assertEquals(status(preflight), 405);
    assert(!/access-control/i.test(preflight), "there must be no CORS header in any response");
    const own = `Host: 127.0.0.1:${port}`;
    assertEquals(await ask(`Host: 127.0.0.1:${port + 1}`), 421, "another port");
    assert([400, 421].includes(await ask("X-Nothing: 1")), "no host at all");
    assertEquals(await ask(own, { method: "HEAD", path: "/api/data" }), 401);
    assertEquals(
      await ask(own, { path: `/api/data?token=${token}` }),
      401,
      "the token must not be part of a URL",
    );
    assertEquals(await ask(`${own}\r\nX-Token: ${token.slice(0, -1)}`, { path: "/api/data" }), 401);
    assertEquals(await ask(`${own}\r\nX-Token: ${token}`, { path: "/api/data" }), 200);
    const refused = await answerTo(own, { path: "/api/data" });
    for (
      const header of [
        "content-security-policy",
        "x-content-type-options: nosniff",
        "cache-control: no-store",
      ]
    ) {
      assertStringIncludes(refused.toLowerCase(), header, "a rejection must have the same headers");
    }
  });
});

Deno.test("scoring needs origin and token, limits size and time of a file, and explains errors", async () => {
  await served(async ({ port }, { base, token }) => {
    const post = (body: BodyInit, headers: Record<string, string> = {}) =>
      fetch(`${base}/api/score`, {
        method: "POST",
        body,
        headers: {
          origin: base,
          "x-token": token,
          "x-name": encodeURIComponent("../../hüfte.dcm"),
          ...headers,
        },
      });
    const scored = await post(new Uint8Array([1, 2, 3]));
    assertEquals(await scored.json(), { file: "hüfte.dcm", size: 3, heads: [] });
    const junk = await post(new Uint8Array([0]));
    assertEquals(junk.status, 422);
    assertEquals((await junk.json()).error, {
      code: "junk",
      message: "not a radiograph",
      fix: "give a film",
    });

    const send = (headers: string, body = "") =>
      raw(port, `POST /api/score HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${headers}\r\n\r\n${body}`).then(
        status,
      );
    const good = `Origin: http://127.0.0.1:${port}\r\nX-Token: ${token}`;
    assertEquals(await send(`X-Token: ${token}\r\nContent-Length: 0`), 403);
    assertEquals(await send(`Origin: null\r\nX-Token: ${token}\r\nContent-Length: 0`), 403);
    assertEquals(await send(`Origin: http://127.0.0.1:${port}\r\nContent-Length: 0`), 401);
    assertEquals(await send(`${good}\r\nContent-Length: 5000`), 413);
    const chunked = "400\r\n" + "x".repeat(1024) + "\r\n0\r\n\r\n";
    assertEquals(await send(`${good}\r\nTransfer-Encoding: chunked`, chunked), 413);
    assertEquals(await send(`${good}\r\nContent-Length: 10`, "abc"), 408);
    assertEquals(
      await drip(port, `${good}\r\nContent-Length: 900`, { everyMs: 60, forMs: 2000 }),
      408,
      "a single byte now and then is also too slow",
    );
  });
});

Deno.test("the server is bound to loopback only", async () => {
  await served(async ({ port }) => {
    const outside = Deno.networkInterfaces().find(({ family, address }) =>
      family === "IPv4" && !address.startsWith("127.")
    );
    if (!outside) return console.warn("skipped: this machine has no other address");
    let reached = true;
    try {
      (await Deno.connect({ hostname: outside.address, port })).close();
    } catch {
      reached = false;
    }
    assert(!reached, "the server must not answer on another interface");
  });
});
