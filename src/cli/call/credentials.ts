import { ask, askSecret } from "./ask.ts";

type Credentials = { user: string; password: string } | { token: string };

/** Credentials from environment variables, or null if they are not set. */
function fromEnvironment(): Credentials | null {
  const token = Deno.env.get("CAPUT_DICOMWEB_TOKEN");
  if (token) return { token };
  const user = Deno.env.get("CAPUT_DICOMWEB_USER"), password = Deno.env.get("CAPUT_DICOMWEB_PASSWORD");
  return user && password !== undefined ? { user, password } : null;
}

/**
 * Does `work` with the credentials of the environment. If the DICOM archive refuses them, or requires credentials and the
 * environment has none, asks the user once.
 *
 * @throws the error of `work` if it is not a refusal (HTTP 401 or 403), or the user gives no credentials, or they are
 * refused too
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
