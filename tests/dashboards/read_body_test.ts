import { assertEquals, assertRejects } from "@std/assert";
import { BodiesTooMany, bodyRoom, BodyTooLarge, BodyTooSlow, readBody } from "../../dashboards/read_body.ts";

/** A request whose body arrives in pieces of 100 bytes and then stalls, or ends. */
function sending(pieces: number, { ends }: { ends: boolean }) {
  let cancelled = false, sent = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent++ < pieces) controller.enqueue(new Uint8Array(100));
      else if (ends) controller.close();
      else return new Promise(() => {});
    },
    cancel() {
      cancelled = true;
    },
  });
  const request = new Request("http://127.0.0.1/", { method: "POST", body });
  return { request, cancelled: () => cancelled };
}

const limits = (room = bodyRoom(1000), maxBytes = 600) => ({ maxBytes, idleMs: 30, totalMs: 2000, room });

Deno.test("a body is read completely, and its memory counts as used until it is released", async () => {
  const room = bodyRoom(1000);
  const bytes = await readBody(sending(5, { ends: true }).request, limits(room));
  assertEquals([bytes.length, room.used], [500, 500]);
  room.give(bytes.length);
  assertEquals(room.used, 0);
});

Deno.test("a body that stalls or grows too large releases its memory and is cancelled", async () => {
  const room = bodyRoom(1000), stalled = sending(3, { ends: false }), large = sending(9, { ends: true });
  await assertRejects(() => readBody(stalled.request, limits(room)), BodyTooSlow);
  assertEquals([room.used, stalled.cancelled()], [0, true]);
  await assertRejects(() => readBody(large.request, limits(room)), BodyTooLarge);
  assertEquals([room.used, large.cancelled()], [0, true]);
});

Deno.test("the total size of all bodies is limited; a rejected body releases its share", async () => {
  const room = bodyRoom(1000), first = await readBody(sending(6, { ends: true }).request, limits(room));
  await assertRejects(() => readBody(sending(6, { ends: true }).request, limits(room)), BodiesTooMany);
  assertEquals(room.used, first.length);
  room.give(first.length);
  assertEquals((await readBody(sending(6, { ends: true }).request, limits(room))).length, 600);
});
