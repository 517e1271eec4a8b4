import { type OptionSpec, UsageError } from "./verb.ts";

/** Options of the verbs that connect to a DICOM archive. */
export const ARCHIVE_OPTION = {
  dicomweb: {
    kind: "text",
    value: "URL",
    help: "address of the archive's DICOMweb service, without /studies",
  },
} as const satisfies Record<string, OptionSpec>;

/** Environment variables with credentials; their values are never written or shown. */
export const CREDENTIAL_NAMES = ["CAPUT_DICOMWEB_USER", "CAPUT_DICOMWEB_PASSWORD", "CAPUT_DICOMWEB_TOKEN"];

/**
 * Address of the DICOM archive given on the command line.
 *
 * @throws {UsageError} if the address is missing, is not a URL, is not encrypted (except on this machine), or contains a
 * user or password.
 */
export function archiveUrl(text: string | undefined): URL {
  if (text === undefined) {
    throw new UsageError("the archive's address is missing", "write --dicomweb https://HOST/dicom-web");
  }
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new UsageError("--dicomweb must be an address", "such as https://HOST/dicom-web");
  }
  const loopback = ["127.0.0.1", "localhost", "[::1]"].includes(url.hostname);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && loopback)) {
    throw new UsageError(
      "--dicomweb must be an https address: over http, films and passwords are sent unencrypted",
      "ask for the archive's https address",
    );
  }
  if (url.username || url.password) {
    throw new UsageError(
      "--dicomweb must not contain a user or password: shells store every command",
      "set CAPUT_DICOMWEB_USER and CAPUT_DICOMWEB_PASSWORD, or wait for the prompt",
    );
  }
  return url;
}

/** The archive's host and port, for Deno's `--allow-net`. */
export function archiveHost({ protocol, hostname, port }: URL): string {
  return `${hostname}:${port || (protocol === "https:" ? 443 : 80)}`;
}
