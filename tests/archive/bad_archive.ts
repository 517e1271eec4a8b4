import { film } from "../radiograph/make_dicom.ts";
import type { Element } from "../radiograph/make_dicom.ts";
import { multipartMessage } from "../../src/archive/multipart.ts";

const uidElement = (tag: string, text: string): Record<string, Element> => ({ [tag]: [tag, "UI", text] });

/** Film `i` of an archive, with names and dates that must not be copied. */
export function archivedFilm(i: number): Uint8Array<ArrayBuffer> {
  return film({
    ...uidElement("00080016", "1.2.840.10008.5.1.4.1.1.1"),
    ...uidElement("00080018", `1.2.3.${i + 1}`),
    ...uidElement("0020000D", `1.2.4.${i + 1}`),
    ...uidElement("0020000E", `1.2.5.${i + 1}`),
    "00080020": ["00080020", "DA", "20210203"],
    "00080060": ["00080060", "CS", "CR"],
    "0008103E": ["0008103E", "LO", "ZZSECRET hip"],
    "00100010": ["00100010", "PN", `ZZSECRET^P${i >> 1}`],
    "00100020": ["00100020", "LO", `ZZID${i >> 1}`],
    "00200062": ["00200062", "CS", i % 2 ? "L" : "R"],
    "00291001": ["00291001", "LO", "ZZSECRET"],
  });
}

/**
 * Misbehaviour of an archive. It is called for every request with the path, the number of earlier requests of this path
 * and the Authorization header, and returns the response to send instead of the usual one, or null.
 */
export type Mischief = (
  path: string,
  times: number,
  authorization: string | null,
) => Response | Promise<Response> | null;

/** A misbehaving archive of `count` films on loopback, with the requests it received and the objects stored. */
export function badArchive(
  count: number,
  mischief: Mischief = () => null,
  tls: { cert: string; key: string } | null = null,
) {
  const asked = new Map<string, number>(),
    stored: Uint8Array[] = [],
    seen: { url: string; authorization: string | null }[] = [];
  const json = (value: unknown) =>
    Response.json(value, { headers: { "content-type": "application/dicom+json" } });
  const value = (text: string) => ({ vr: "UI", Value: [text] });
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {}, ...tls }, async (request) => {
    const { pathname, searchParams } = new URL(request.url), times = asked.get(pathname) ?? 0;
    asked.set(pathname, times + 1);
    const authorization = request.headers.get("authorization");
    seen.push({ url: request.url, authorization });
    const bad = await mischief(pathname, times, authorization);
    if (bad) {
      await request.body?.cancel();
      return bad;
    }
    if (request.method === "POST") {
      stored.push(await request.bytes());
      return json({});
    }
    const offset = Number(searchParams.get("offset") ?? 0);
    const all = Array.from({ length: count }, (_, i) => i);
    if (pathname === "/series") {
      const found = all.map((i) => ({
        "0020000D": value(`1.2.4.${i + 1}`),
        "0020000E": value(`1.2.5.${i + 1}`),
        "00080060": { vr: "CS", Value: ["CR"] },
      }));
      return json(found.slice(offset, offset + Number(searchParams.get("limit"))));
    }
    const [, list] = /^\/studies\/1\.2\.4\.\d+\/series\/1\.2\.5\.(\d+)\/instances$/.exec(pathname) ?? [];
    if (list) return json([{ "00080018": value(`1.2.3.${list}`) }]);
    const [, one] = /\/instances\/1\.2\.3\.(\d+)$/.exec(pathname) ?? [];
    if (!one) return new Response("no", { status: 404 });
    return new Response(multipartMessage([archivedFilm(Number(one) - 1)], "b"), {
      headers: { "content-type": 'multipart/related; type="application/dicom"; boundary=b' },
    });
  });
  return {
    url: `${tls ? "https" : "http"}://127.0.0.1:${(server.addr as Deno.NetAddr).port}`,
    asked,
    stored,
    seen,
    close: () => server.shutdown(),
  };
}

/** The start of a response with a film; after it the connection stalls or is closed. */
export function partial({ stall }: { stall: boolean }): Response {
  const whole = multipartMessage([archivedFilm(0)], "b");
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(whole.subarray(0, 200));
      if (!stall) controller.close();
    },
  });
  return new Response(body, { headers: { "content-type": "multipart/related; boundary=b" } });
}
