/**
 * WebAssembly written opcode by opcode (WebAssembly Core 2.0, section 5.4), so that no opaque binary is shipped. This
 * file has only the instructions that the loops over films and latent vectors need.
 */

/** Opcodes and their operands, nested freely for readability. */
export type Code = readonly (number | Code)[];

const VOID = 0x40;

export const I32 = 0x7f, V128 = 0x7b;

export const get = (local: number): Code => [0x20, local];
export const set = (local: number, value: Code): Code => [value, 0x21, local];
export const int = (n: number): Code => [0x41, signed(n)];
export const add = (a: Code, b: Code): Code => [a, b, 0x6a];
export const times = (a: Code, b: Code): Code => [a, b, 0x6c];
export const below = (a: Code, b: Code): Code => [a, b, 0x49];
export const advance = (local: number, by: Code): Code => set(local, add(get(local), by));
/** Runs `body` at least once, and repeats it while `again` is not 0. */
export const loop = (body: Code, again: Code): Code => [0x03, VOID, body, again, 0x0d, 0, 0x0b];
/** Loads 16 bytes into a vector; {@linkcode store} writes them back. */
export const load = (at: Code, offset: number): Code => [at, 0xfd, 0x00, 4, unsigned(offset)];
export const store = (
  at: Code,
  offset: number,
  value: Code,
): Code => [at, value, 0xfd, 0x0b, 4, unsigned(offset)];
export const zero: Code = [0xfd, 0x0c, new Array<number>(16).fill(0)];

/** LEB128 encoding of an unsigned integer. */
export function unsigned(n: number): number[] {
  return n < 128 ? [n] : [n & 127 | 128, ...unsigned(n >>> 7)];
}

function signed(n: number): number[] {
  return n >= -64 && n < 64 ? [n & 127] : [n & 127 | 128, ...signed(n >> 7)];
}

const text = (s: string): Code => [s.length, [...s].map((c) => c.charCodeAt(0))];
const section = (id: number, body: Code): Code => {
  const bytes = flat(body);
  return [id, unsigned(bytes.length), bytes];
};

function flat(code: Code): number[] {
  return code.flatMap((part) => typeof part === "number" ? [part] : flat(part));
}

/** A function without results: its number of parameters, of local integers and vectors, and its body. */
export interface WasmFunction {
  readonly params: number;
  readonly numbers: number;
  readonly vectors: number;
  readonly body: Code;
}

/** The bytes of a module that imports `m.memory` and exports the functions by name. */
export function wasmModule(functions: Readonly<Record<string, WasmFunction>>): Uint8Array<ArrayBuffer> {
  const all = Object.entries(functions), count = all.length;
  const bodies = all.map(([_, { numbers, vectors, body }]): Code => {
    const bytes = flat([2, [numbers, I32], [vectors, V128], body, 0x0b]);
    return [unsigned(bytes.length), bytes];
  });
  return Uint8Array.from(flat([
    [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    section(1, [
      count,
      all.map(([_, { params }]): Code => [0x60, params, new Array<number>(params).fill(I32), 0]),
    ]),
    section(2, [1, text("m"), text("memory"), 0x02, 0, 1]),
    section(3, [count, all.map((_, i) => i)]),
    section(7, [count, all.map(([name], i): Code => [text(name), 0x00, i])]),
    section(10, [count, bodies]),
  ]));
}
