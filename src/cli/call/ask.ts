/** Asks on the terminal; null if there is no terminal or the user gives no answer. */
export function ask(question: string): string | null {
  if (!Deno.stdin.isTerminal()) return null;
  return prompt(question);
}

/**
 * Asks for a secret, which is not shown; null if there is no terminal.
 *
 * @throws {DOMException} `AbortError` on Ctrl-C.
 */
export function askSecret(question: string): string | null {
  if (!Deno.stdin.isTerminal()) return null;
  // Raw mode comes first: Ctrl-C typed before it would be a signal, which does not end the blocking read below.
  Deno.stdin.setRaw(true);
  try {
    Deno.stderr.writeSync(new TextEncoder().encode(`${question} `));
    const byte = new Uint8Array(1), typed: number[] = [];
    while (Deno.stdin.readSync(byte) !== null) {
      if (byte[0] === 13 || byte[0] === 10) break;
      if (byte[0] === 3) throw new DOMException("Interrupted", "AbortError");
      if (byte[0] === 127 || byte[0] === 8) typed.pop();
      else typed.push(byte[0]);
    }
    return new TextDecoder().decode(Uint8Array.from(typed));
  } finally {
    Deno.stdin.setRaw(false);
    Deno.stderr.writeSync(new TextEncoder().encode("\n"));
  }
}
