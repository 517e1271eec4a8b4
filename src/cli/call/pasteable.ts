/**
 * Makes the commands that a message proposes work when they are pasted: "Then: caput run" becomes "Then: deno task -q
 * caput run" if this process was started by a Deno task (Deno then sets INIT_CWD). Only commands
 * after a colon or at the start of a line are changed.
 */
export function pasteable(message: string): string {
  if (Deno.env.get("INIT_CWD") === undefined) return message;
  return message.replace(/(^|: )caput (?=[a-z])/gm, "$1deno task -q caput ");
}
