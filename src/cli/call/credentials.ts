import { ask, askSecret } from "./ask.ts";

type Credentials = { user: string; password: string } | { token: string };

/** Credentials from the environment, or null. */
function fromEnvironment(): Credentials | null {
  const token = Deno.env.get("CAPUT_DICOMWEB_TOKEN");
  if (token) return { token };
  const user = Deno.env.get("CAPUT_DICOMWEB_USER"), password = Deno.env.get("CAPUT_DICOMWEB_PASSWORD");
  return user && password !== undefined ? { user, password } : null;
}

/**
 * Does the work with the environment's credentials. If the archive refuses them, or requires some, asks the user
 * once.
 */
export async function withCredentials<T>(work: (credentials: Credentials | null) => Promise<T>): Promise<T> {
  try {
    return await work(fromEnvironment());
  } catch (error) {
    const { name, code, message } = error as Error & { code?: string };
    if (name !== "ArchiveError" || code !== "refused" || !/\((401|403)\)/.test(message)) throw error;
    const user = ask("User of the archive:");
    const password = user ? askSecret("Password:") : null;
    if (!user || password === null) throw error;
    return await work({ user, password });
  }
}
