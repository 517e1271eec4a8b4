import { ZmtpSocket } from "./zmtp.ts";

/** One output of a cell, as nbformat 4 stores it. */
export interface CellOutput {
  output_type: "stream" | "display_data" | "execute_result" | "error";
  name?: string;
  text?: string;
  data?: Record<string, unknown>;
  metadata?: Record<string, unknown>;
  execution_count?: number;
  ename?: string;
  evalue?: string;
  traceback?: string[];
}

/** Outputs of a cell, and whether it failed. */
export interface CellResult {
  /**
   * Outputs so far. More may be added until the kernel is closed, because it sends some results after it reports
   * "idle".
   */
  readonly outputs: CellOutput[];
  /** `Name: message` of the error that ended the cell, or null. */
  readonly error: string | null;
}

interface Message {
  readonly type: string;
  readonly parent: string;
  // deno-lint-ignore no-explicit-any -- the wire protocol's content differs by type
  readonly content: any;
}

/**
 * A Deno kernel in a separate process, controlled by the Jupyter wire protocol 5.3 without Python or Jupyter.
 *
 * @see https://jupyter-client.readthedocs.io/en/stable/messaging.html
 */
export class Kernel {
  readonly #session = crypto.randomUUID();
  readonly #listeners = new Map<string, (message: Message) => void>();
  private constructor(
    readonly process: Deno.ChildProcess,
    readonly shell: ZmtpSocket,
    readonly iopub: ZmtpSocket,
    readonly connectionFile: string,
    readonly key: CryptoKey,
  ) {}

  /** Starts `deno jupyter --kernel` in `cwd` (relative imports of cells start there) and waits until it listens. */
  static async start({ cwd, env = {} }: { cwd: string; env?: Record<string, string> }): Promise<Kernel> {
    const { ports, secret, file } = await writeConnectionFile();
    const process = new Deno.Command(Deno.execPath(), {
      args: ["jupyter", "--kernel", "--conn", file],
      cwd,
      env,
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).spawn();
    try {
      const [shell, iopub] = await Promise.all([
        ZmtpSocket.connect(ports[0], { type: "DEALER" }),
        ZmtpSocket.connect(ports[1], { type: "SUB" }),
      ]);
      const key = await crypto.subtle.importKey(
        "raw",
        encoder.encode(secret),
        { name: "HMAC", hash: "SHA-256" },
        false,
        ["sign"],
      );
      const kernel = new Kernel(process, shell, iopub, file, key);
      kernel.#listen();
      await kernel.#waitForIopub();
      return kernel;
    } catch (error) {
      process.kill("SIGKILL");
      await process.status;
      throw error;
    }
  }

  /**
   * Runs one cell.
   *
   * @param options.timeoutMs The kernel is killed when a cell takes longer. @default {300000}
   * @throws {Error} if the kernel dies or takes too long.
   */
  async execute(code: string, { timeoutMs = 300_000 } = {}): Promise<CellResult> {
    const outputs: CellOutput[] = [];
    let idle = () => {};
    const isIdle = new Promise<void>((done) => idle = done);
    const id = await this.#ask("execute_request", {
      code,
      silent: false,
      store_history: true,
      user_expressions: {},
      allow_stdin: false,
      stop_on_error: true,
    }, (message) => collect(outputs, message, idle));
    const timer = setTimeout(() => this.process.kill("SIGKILL"), timeoutMs);
    try {
      const reply = await this.#reply(id);
      await isIdle;
      const { status, ename, evalue } = reply.content;
      return { outputs, error: status === "error" ? `${ename}: ${evalue}` : null };
    } catch (error) {
      throw new Error(`Cannot run a cell: the kernel ended or took over ${timeoutMs} ms`, { cause: error });
    } finally {
      clearTimeout(timer);
    }
  }

  /** Ends the process and removes its files. */
  async close(): Promise<void> {
    await new Promise((wake) => setTimeout(wake, 100)); // the kernel sends some results after "idle"
    this.shell.close();
    this.iopub.close();
    try {
      this.process.kill("SIGTERM");
    } catch {
      // already ended
    }
    await this.process.status;
    await Deno.remove(this.connectionFile);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #ask(type: string, content: unknown, listener?: (message: Message) => void): Promise<string> {
    const id = crypto.randomUUID();
    if (listener) this.#listeners.set(id, listener);
    const header = {
      msg_id: id,
      username: "caput",
      session: this.#session,
      date: new Date().toISOString(),
      msg_type: type,
      version: "5.3",
    };
    const parts = [header, {}, {}, content].map((part) => encoder.encode(JSON.stringify(part)));
    const signed = await crypto.subtle.sign("HMAC", this.key, await new Blob(parts).arrayBuffer());
    const signature = encoder.encode(new Uint8Array(signed).toHex());
    await this.shell.send([encoder.encode(DELIMITER), signature, ...parts]);
    return id;
  }

  async #reply(id: string): Promise<Message> {
    while (true) {
      const message = parse(await this.shell.receive());
      if (message.parent === id) return message;
    }
  }

  async #listen(): Promise<void> {
    try {
      while (true) {
        const message = parse(await this.iopub.receive());
        this.#listeners.get(message.parent)?.(message);
      }
    } catch {
      // the connection is closed: the kernel has ended
    }
  }

  /** A subscription takes a moment to reach the kernel, so requests are repeated until there is an answer. */
  async #waitForIopub(): Promise<void> {
    for (let heard = false; !heard;) {
      const answer = Promise.withResolvers<boolean>();
      const timer = setTimeout(() => answer.resolve(false), 200);
      const id = await this.#ask("kernel_info_request", {}, () => answer.resolve(true));
      await this.#reply(id);
      heard = await answer.promise;
      clearTimeout(timer);
      this.#listeners.delete(id);
    }
  }
}

const DELIMITER = "<IDS|MSG>";
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Five free ports and a secret, in a Jupyter connection file. */
async function writeConnectionFile(): Promise<{ ports: number[]; secret: string; file: string }> {
  const listeners = Array.from({ length: 5 }, () => Deno.listen({ hostname: "127.0.0.1", port: 0 }));
  const ports = listeners.map((listener) => (listener.addr as Deno.NetAddr).port);
  for (const listener of listeners) listener.close();
  const secret = crypto.randomUUID();
  const file = await Deno.makeTempFile({ prefix: "caput-kernel-", suffix: ".json" });
  const [shell_port, iopub_port, stdin_port, control_port, hb_port] = ports;
  const connection = {
    ...{ shell_port, iopub_port, stdin_port, control_port, hb_port },
    ...{ ip: "127.0.0.1", transport: "tcp", key: secret },
    ...{ signature_scheme: "hmac-sha256", kernel_name: "deno" },
  };
  await Deno.writeTextFile(file, JSON.stringify(connection));
  return { ports, secret, file };
}

/** After the delimiter come signature, header, parent header, metadata, content. */
function parse(frames: readonly Uint8Array[]): Message {
  const start = frames.findIndex((frame) => decoder.decode(frame) === DELIMITER);
  const part = (offset: number) => JSON.parse(decoder.decode(frames[start + offset]));
  return { type: part(2).msg_type, parent: part(3).msg_id ?? "", content: part(5) };
}

function collect(outputs: CellOutput[], { type, content }: Message, idle: () => void): void {
  const last = outputs.at(-1);
  switch (type) {
    case "status":
      if (content.execution_state === "idle") idle();
      break;
    case "stream":
      if (last?.output_type === "stream" && last.name === content.name) last.text += content.text;
      else outputs.push({ output_type: "stream", name: content.name, text: content.text });
      break;
    case "display_data":
      outputs.push({ output_type: "display_data", data: content.data, metadata: content.metadata });
      break;
    case "execute_result": {
      const { data, metadata, execution_count } = content;
      outputs.push({ output_type: "execute_result", data, metadata, execution_count });
      break;
    }
    case "error": {
      const { ename, evalue, traceback } = content;
      outputs.push({ output_type: "error", ename, evalue, traceback });
    }
  }
}
