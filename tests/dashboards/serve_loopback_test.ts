import { assert, assertEquals } from "@std/assert";
import { serveLoopback } from "../../dashboards/serve_loopback.ts";

const options = { port: 0, headersMs: 300 };

/** The response on a connection, and the time until it is closed. */
async function send(port: number, text: string): Promise<{ answer: string; tookMs: number }> {
  using connection = await Deno.connect({ hostname: "127.0.0.1", port });
  const started = performance.now(), buffer = new Uint8Array(4096);
  await connection.write(new TextEncoder().encode(text));
  let answer = "";
  for (let n = await connection.read(buffer); n !== null; n = await connection.read(buffer)) {
    answer += new TextDecoder().decode(buffer.subarray(0, n));
  }
  return { answer, tookMs: performance.now() - started };
}

Deno.test("headers that never begin or end time out", async () => {
  const server = await serveLoopback(() => Promise.resolve(new Response("hello")), options);
  try {
    for (const text of ["", "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "]) {
      const { answer, tookMs } = await send(server.port, text);
      assert(answer.includes(" 408 ") && tookMs < 5000, `${answer} after ${tookMs} ms`);
    }
    const whole = "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
    assert((await send(server.port, whole)).answer.endsWith("hello"));
  } finally {
    await server.shutdown();
  }
});

Deno.test("a rejected body closes its connection; a response to HEAD has no body; malformed addresses give a 400", async () => {
  const server = await serveLoopback(
    (request) => Promise.resolve(new Response("seen", { status: request.method === "POST" ? 413 : 200 })),
    options,
  );
  try {
    const head = "Host: 127.0.0.1\r\nConnection: close";
    const refused = await send(
      server.port,
      "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9999\r\n\r\nabc",
    );
    assert(refused.answer.startsWith("HTTP/1.1 413") && refused.answer.endsWith("seen"), refused.answer);
    const bare = await send(server.port, `HEAD / HTTP/1.1\r\n${head}\r\n\r\n`);
    assert(bare.answer.startsWith("HTTP/1.1 200") && bare.answer.endsWith("\r\n\r\n"), bare.answer);
    assertEquals(
      (await send(server.port, `GET nowhere HTTP/1.1\r\n${head}\r\n\r\n`)).answer.slice(9, 12),
      "400",
    );
  } finally {
    await server.shutdown();
  }
});

Deno.test("an aborted signal stops the server", async () => {
  const controller = new AbortController();
  const server = await serveLoopback(() => Promise.resolve(new Response("x")), {
    ...options,
    signal: controller.signal,
  });
  controller.abort();
  await server.finished;
});
