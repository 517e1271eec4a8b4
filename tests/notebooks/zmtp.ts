import { joinBytes } from "../../src/array/join_bytes.ts";

/**
 * A ZeroMQ socket over TCP with the part of ZMTP 3.0 (rfc.zeromq.org/spec/23) that a Jupyter kernel needs: NULL
 * security, DEALER for requests and SUB for subscriptions. A message is a list of frames.
 */
export class ZmtpSocket {
  /** Bytes that were received but not read yet. */
  #unread: Uint8Array<ArrayBuffer> = new Uint8Array(0);
  private constructor(readonly connection: Deno.TcpConn) {}

  /**
   * Connects to a port on this machine, waiting for the other side to open it.
   *
   * @param options.patienceMs How long to wait for the port, milliseconds. @default {20000}
   * @throws {Error} if nothing listens within that time, or the other side does not speak ZMTP 3.
   */
  static async connect(
    port: number,
    { type, patienceMs = 20_000 }: { type: "DEALER" | "SUB"; patienceMs?: number },
  ): Promise<ZmtpSocket> {
    const socket = new ZmtpSocket(await dial(port, patienceMs));
    try {
      await socket.#greet();
      await socket.#writeAll(command("READY", [["Socket-Type", type], ["Identity", ""]]));
      await socket.#readFrame(); // the peer's READY
      if (type === "SUB") await socket.send([Uint8Array.of(1)]); // subscribe to everything
    } catch (error) {
      socket.close();
      throw error;
    }
    return socket;
  }

  /** The next message; command frames are skipped. */
  async receive(): Promise<Uint8Array[]> {
    const frames: Uint8Array[] = [];
    while (true) {
      const { flags, body } = await this.#readFrame();
      if (flags & COMMAND) continue;
      frames.push(body);
      if (!(flags & MORE)) return frames;
    }
  }

  /** Sends one message of one or more frames. */
  async send(frames: readonly Uint8Array[]): Promise<void> {
    const parts = frames.map((frame, i) => withHeader(frame, i < frames.length - 1 ? MORE : 0));
    await this.#writeAll(joinBytes(parts));
  }

  close(): void {
    try {
      this.connection.close();
    } catch {
      // already closed by the other side
    }
  }

  /** Both sides send 64 bytes: signature, version 3.0, mechanism NULL, as-server 0 (ZMTP 3.0, "Greeting"). */
  async #greet(): Promise<void> {
    const greeting = new Uint8Array(64);
    greeting[0] = 0xff;
    greeting[9] = 0x7f;
    greeting[10] = 3;
    greeting.set(encoder.encode("NULL"), 12);
    await this.#writeAll(greeting);
    const answer = await this.#read(64);
    if (answer[0] !== 0xff || answer[10] < 3) {
      throw new Error(`Cannot talk to the kernel: a ZMTP 3 greeting is expected, got version ${answer[10]}`);
    }
  }

  async #readFrame(): Promise<{ flags: number; body: Uint8Array }> {
    const flags = (await this.#read(1))[0];
    const size = flags & LONG
      ? Number(new DataView((await this.#read(8)).buffer).getBigUint64(0))
      : (await this.#read(1))[0];
    return { flags, body: await this.#read(size) };
  }

  async #read(count: number): Promise<Uint8Array<ArrayBuffer>> {
    const pieces: Uint8Array<ArrayBuffer>[] = [this.#unread];
    let have = this.#unread.length;
    while (have < count) {
      const chunk = new Uint8Array(65536);
      const got = await this.connection.read(chunk);
      if (got === null) throw new Error("Cannot read from the kernel: it closed the connection");
      pieces.push(chunk.subarray(0, got));
      have += got;
    }
    const all = joinBytes(pieces);
    this.#unread = all.slice(count);
    return all.slice(0, count);
  }

  async #writeAll(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length;) at += await this.connection.write(bytes.subarray(at));
  }
}

const MORE = 1, LONG = 2, COMMAND = 4;
const encoder = new TextEncoder();

async function dial(port: number, patienceMs: number): Promise<Deno.TcpConn> {
  const started = performance.now();
  while (true) {
    try {
      const connection = await Deno.connect({ hostname: "127.0.0.1", port });
      connection.setNoDelay(true);
      return connection;
    } catch (error) {
      if (performance.now() - started > patienceMs) {
        throw new Error(`Cannot reach the kernel on port ${port} within ${patienceMs} ms`, { cause: error });
      }
      await new Promise((wake) => setTimeout(wake, 50));
    }
  }
}

/** A command frame: name, then properties as (length, name, 4-byte length, value). */
function command(name: string, properties: readonly [string, string][]): Uint8Array {
  const parts = [Uint8Array.of(name.length), encoder.encode(name)];
  for (const [key, value] of properties) {
    const size = new Uint8Array(4);
    new DataView(size.buffer).setUint32(0, value.length);
    parts.push(Uint8Array.of(key.length), encoder.encode(key), size, encoder.encode(value));
  }
  return withHeader(joinBytes(parts), COMMAND);
}

function withHeader(body: Uint8Array, flags: number): Uint8Array {
  if (body.length < 256) return joinBytes([Uint8Array.of(flags, body.length), body]);
  const header = new Uint8Array(9);
  header[0] = flags | LONG;
  new DataView(header.buffer).setBigUint64(1, BigInt(body.length));
  return joinBytes([header, body]);
}
