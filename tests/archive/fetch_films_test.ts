import { assert, assertEquals, assertRejects } from "@std/assert";
import { ArchiveError } from "../../src/archive/archive_error.ts";
import { dicomWeb } from "../../src/archive/dicomweb.ts";
import { fetchFilms } from "../../src/archive/fetch_films.ts";
import { deidentifiedCopy } from "../../src/archive/deidentified_copy.ts";
import { openKey } from "../../src/cohort/keyed_ids.ts";
import { parseStored } from "../../src/radiograph/parse_stored.ts";
import { hasSharedData, sharedBytes } from "../radiograph/shared_data.ts";
import { archivedFilm, badArchive, type Mischief, partial } from "./bad_archive.ts";

const patience = { silenceMs: 200, tries: 3, pauseMs: 10 };

async function fetching(count: number, mischief: Mischief, { again = false } = {}) {
  const server = badArchive(count, mischief), out = await Deno.makeTempDir();
  try {
    const ids = await openKey(`${out}/.caput-key`), archive = dicomWeb(server.url, { patience });
    const query = { from: "20200101", to: "", bodyParts: ["HIP", "PELVIS"] };
    const once = async () => await fetchFilms(archive, await archive.find(query), { out, ids });
    const first = await once().catch((error) => error), second = again ? await once() : null;
    const files = new Map<string, Uint8Array>();
    for await (const { name, isDirectory } of Deno.readDir(out)) {
      if (!isDirectory) continue;
      for await (const file of Deno.readDir(`${out}/${name}`)) {
        files.set(`${name}/${file.name}`, await Deno.readFile(`${out}/${name}/${file.name}`));
      }
    }
    return { first, second, files, asked: server.asked, seen: server.seen };
  } finally {
    await server.close();
    await Deno.remove(out, { recursive: true });
  }
}

const states = (films: { state: string }[]) => films.map(({ state }) => state);

Deno.test("fetched films have their pixels and UIDs, no names or dates, and one folder per patient; a second call fetches none", async () => {
  const { first, second, files, asked, seen } = await fetching(4, () => null, { again: true });
  assertEquals([states(first), states(second!)], [Array(4).fill("fetched"), Array(4).fill("kept")]);
  assertEquals(new Set([...files.keys()].map((path) => path.split("/")[0])).size, 2, "two films per patient");
  assertEquals([...asked].filter(([path]) => path.includes("/instances/")).map(([, times]) => times), [
    1,
    1,
    1,
    1,
  ]);
  assert(
    seen.some(({ url }) => url.includes("StudyDate=20200101-") && url.includes("BodyPartExamined=PELVIS")),
  );
  for (const bytes of files.values()) {
    const text = new TextDecoder("latin1").decode(bytes);
    assert(!/ZZ|20210203/.test(text));
    for (const uid of ["1.2.3.", "1.2.4.", "1.2.5."]) assert(text.includes(uid), `UID ${uid} is kept`);
    const { samples, facts } = await parseStored(bytes);
    assertEquals([...samples], [0, 1000, 2000, 3000, 4000, 4095]);
    assert(["left", "right"].includes(facts.headerSide));
  }
});

Deno.test("all films are fetched if the archive first stalls, is busy or fails; a film whose response was truncated or wrong is fetched by a second call", async () => {
  const ways: Record<string, () => Response> = {
    stalls: () => partial({ stall: true }),
    "is busy": () => new Response("wait", { status: 429, headers: { "retry-after": "0" } }),
    fails: () => new Response("oops", { status: 502 }),
  };
  for (const [name, response] of Object.entries(ways)) {
    const { first, files } = await fetching(
      2,
      (path, times) => times === 0 && path.includes("/instances/") ? response() : null,
    );
    assertEquals([states(first), files.size], [["fetched", "fetched"], 2], name);
  }
  for (
    const rubbish of [() => partial({ stall: false }), () => new Response("<html>"), () => new Response("")]
  ) {
    const bad: Mischief = (path, times) => times === 0 && path.endsWith("1.2.3.1") ? rubbish() : null;
    const { first, second, files } = await fetching(2, bad, { again: true });
    assertEquals([states(first), states(second!)], [["failed", "fetched"], ["fetched", "kept"]]);
    assertEquals(files.size, 2);
  }
});

Deno.test("the fetch ends at once at a 401, and after three attempts if the archive is busy or silent; films fetched before are kept", async () => {
  const at = (response: () => Response): Mischief => (path) => path.endsWith("/1.2.3.2") ? response() : null;
  const refused = await fetching(3, at(() => new Response("", { status: 401 })));
  assertEquals([refused.first.code, refused.files.size], ["refused", 1]);
  assertEquals([...refused.asked].find(([path]) => path.endsWith("/1.2.3.2"))?.[1], 1);
  const busy = await fetching(3, at(() => new Response("", { status: 429 })));
  assertEquals([busy.first.code, busy.files.size], ["busy", 1]);
  assertEquals([...busy.asked].find(([path]) => path.endsWith("/1.2.3.2"))?.[1], 3);
  const silent = await fetching(3, at(() => partial({ stall: true })));
  assertEquals([silent.first.code, silent.files.size], ["silent", 1]);
});

Deno.test("if the archive goes down, the fetch ends after the attempts for one film", async () => {
  const server = badArchive(4), out = await Deno.makeTempDir();
  try {
    const ids = await openKey(`${out}/.caput-key`), retries: string[] = [];
    const archive = dicomWeb(server.url, {
      patience: { ...patience, onRetry: (reason) => retries.push(reason) },
    });
    const films = await archive.find({ from: "", to: "", bodyParts: [] });
    await server.close();
    const done: string[] = [];
    const error = await fetchFilms(archive, films, { out, ids, onFilm: ({ state }) => done.push(state) })
      .catch((e) => e);
    assert(error instanceof ArchiveError && error.message.includes("cannot be reached"), String(error));
    assertEquals([error.code, done, retries.length], ["silent", [], patience.tries - 1]);
  } finally {
    await Deno.remove(out, { recursive: true });
  }
});

Deno.test("a connection that is dropped before or within a response gives the error broken-off", async () => {
  for (const response of ["", "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nabc"]) {
    const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const serving = (async () => {
      for await (const connection of listener) {
        await connection.read(new Uint8Array(4096));
        await connection.write(new TextEncoder().encode(response));
        connection.close();
      }
    })();
    const archive = dicomWeb(`http://127.0.0.1:${listener.addr.port}`, { patience });
    const film = { studyUid: "1.2", seriesUid: "1.3", sopInstanceUid: "1.4" };
    const error = await archive.retrieve(film).catch((e) => e);
    assert(error instanceof ArchiveError && error.message.includes("broke off"), String(error));
    assertEquals(error.code, "broken-off", response);
    listener.close();
    await serving;
  }
});

Deno.test("malformed lists, UIDs that are paths, redirects and a closed port give an ArchiveError", async () => {
  const lists = ["<html>", "{}", '[{"0020000D":{"Value":["../../x"]}}]'];
  for (const text of lists) {
    const { first } = await fetching(1, (path) => path === "/series" ? new Response(text) : null);
    assert(first instanceof ArchiveError && first.code === "rubbish", text);
  }
  const { first } = await fetching(1, () => Response.redirect("http://127.0.0.1:9/elsewhere", 302));
  assertEquals(first.code, "refused");
  await assertRejects(
    () => dicomWeb("http://127.0.0.1:9", { patience }).find({ from: "", to: "", bodyParts: [] }),
    ArchiveError,
  );
});

Deno.test("a search answered with 404 or 409 without a body means a wrong address; an empty list, an empty body, 204 and a deleted series mean no match", async () => {
  const search = (response: () => Response) =>
    fetching(1, (path) => path === "/series" ? response() : null).then(({ first }) => first);
  for (const status of [404, 409]) {
    const { code, message, fix } = await search(() => new Response(null, { status }));
    assertEquals([code, message], ["rubbish", `The archive's list cannot be read (${status})`]);
    assert(fix.includes("before /studies"), fix);
  }
  for (
    const response of [
      () => new Response("[]"),
      () => new Response(null),
      () => new Response(null, { status: 204 }),
      () => new Response("[]", { status: 404 }),
    ]
  ) assertEquals(await search(response), []);
  const gone = await fetching(
    2,
    (path) => path.endsWith("1.2.5.1/instances") ? new Response(null, { status: 404 }) : null,
  );
  assertEquals(states(gone.first), ["fetched"]);
});

Deno.test("if an object is not stored because of a wrong address, the error says to check the address", async () => {
  const server = badArchive(1, () => new Response(null, { status: 404 }));
  try {
    const { code, message, fix } = await dicomWeb(server.url, { patience }).store(archivedFilm(0)).catch((
      e,
    ) => e);
    assertEquals([code, message], ["refused", "The archive did not store an object (404)"]);
    assert(fix.includes("before /studies"), fix);
  } finally {
    await server.close();
  }
});

Deno.test("credentials are sent to the archive and do not appear in the error", async () => {
  const server = badArchive(1, () => new Response("", { status: 403 }));
  try {
    const archive = dicomWeb(server.url, { patience, credentials: { user: "reader", password: "hidden!" } });
    const error = await archive.find({ from: "", to: "", bodyParts: [] }).catch((e) => e);
    assertEquals(server.seen[0].authorization, `Basic ${btoa("reader:hidden!")}`);
    assert(!/hidden|reader/.test(`${error.message} ${error.fix} ${error.stack}`));
  } finally {
    await server.close();
  }
});

Deno.test("store is repeated after a 503 and stores the object once; a 400 is an error", async () => {
  let times = 0;
  const server = badArchive(
    1,
    () =>
      times++ === 0
        ? new Response("", { status: 503 })
        : times === 3
        ? new Response("", { status: 400 })
        : null,
  );
  try {
    const archive = dicomWeb(server.url, { patience });
    await archive.store(archivedFilm(0));
    assertEquals(server.stored.length, 1);
    await assertRejects(() => archive.store(archivedFilm(0)), ArchiveError, "rejects the request");
  } finally {
    await server.close();
  }
});

Deno.test({
  name: "deidentifiedCopy: stored values of shared films in many transfer syntaxes stay exact",
  ignore: !hasSharedData,
  async fn() {
    const folder = new URL("../../../shared/data/dicom/generated/", import.meta.url);
    let seen = 0;
    for await (const { name } of Deno.readDir(folder)) {
      if (!name.endsWith(".dcm")) continue;
      const bytes = await sharedBytes(`dicom/generated/${name}`),
        before = await parseStored(bytes).catch(() => null);
      if (!before || before.samples.length > 4e6) continue;
      const copy = await deidentifiedCopy(bytes, () => Promise.resolve("0123456789abcdef")),
        after = await parseStored(copy.bytes);
      assertEquals([after.rows, after.columns, after.bitsStored, after.rules], [
        before.rows,
        before.columns,
        before.bitsStored,
        { ...before.rules, voiLuts: after.rules.voiLuts },
      ], name);
      assert(before.samples.every((value, i) => value === after.samples[i]), name);
      if (++seen === 60) break;
    }
    assert(seen > 20, `${seen} films`);
  },
});
