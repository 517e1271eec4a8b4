import { joinBytes } from "../array/join_bytes.ts";
import { ArchiveError } from "./archive_error.ts";
import { tlsFailure } from "./tls_failure.ts";

/** User and password, or a token; never written to a file or shown in a message. */
export type Credentials = { readonly user: string; readonly password: string } | { readonly token: string };

/** Time limits and retries for requests to an archive. */
export interface PatienceOptions {
  /** Longest wait for a response to start or to continue, ms. @default {60_000} */
  silenceMs?: number;
  /** Maximum number of attempts per request. @default {5} */
  tries?: number;
  /**
   * Pause before the second attempt, ms; doubled for each further attempt, and longer if the archive asks for it (at
   * most two minutes).
   *
   * @default {1000}
   */
  pauseMs?: number;
  /** Aborts the work. */
  signal?: AbortSignal;
  /** Called before a pause. */
  onRetry?: (reason: string, pauseMs: number) => void;
}

/** A response with its whole body. */
export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Maximum size of a response in bytes. */
const MOST_BYTES = 1_100_000_000;
/** Longest pause that an archive can request with `Retry-After`, ms. */
const LONGEST_PAUSE_MS = 120_000;

const again = "run the same command again: finished work is kept";
const unreachable = `check the address and the network, then ${again}`;

/**
 * Sends a request to an archive with retries. If the archive is busy (429, 503), times out (408), fails (5xx), stops
 * responding, drops the connection or cannot be reached, the request is repeated after a pause. Redirects are not
 * followed, so that credentials are sent to the given host only.
 *
 * @returns the response to a successful request, or one with status 404 or 409.
 * @throws {ArchiveError} `refused` (except for 408) or `untrusted` at once, any other error after the last attempt;
 * the reason of `patience.signal` if it is aborted.
 */
export async function requestWithRetries(
  url: string,
  { method = "GET", headers = {}, body, credentials, patience = {} }: {
    method?: string;
    headers?: Record<string, string>;
    body?: Uint8Array<ArrayBuffer>;
    credentials?: Credentials | null;
    patience?: PatienceOptions;
  },
): Promise<Answer> {
  const { silenceMs = 60_000, tries = 5, pauseMs = 1000, signal, onRetry } = patience;
  const sent = { ...headers, ...(credentials ? { authorization: authorization(credentials) } : {}) };
  for (let attempt = 1;; attempt++) {
    signal?.throwIfAborted();
    let failure: ArchiveError, pause = pauseMs * 2 ** (attempt - 1);
    try {
      const answer = await sendOnce(url, { method, headers: sent, body, silenceMs, signal });
      if (answer.status < 300 || answer.status === 404 || answer.status === 409) return answer;
      failure = refusal(answer.status);
      pause = Math.max(pause, Math.min(LONGEST_PAUSE_MS, answer.retryAfterMs));
      const permanent = answer.status < 500 && answer.status !== 429 && answer.status !== 408;
      if (permanent || attempt >= tries) throw failure;
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof ArchiveError) || error.code === "refused" || error.code === "untrusted") {
        throw error;
      }
      failure = error;
      if (attempt >= tries) throw failure;
    }
    onRetry?.(failure.message, pause);
    await sleep(pause, signal);
  }
}

function authorization(credentials: Credentials): string {
  if ("token" in credentials) return `Bearer ${credentials.token}`;
  return `Basic ${new TextEncoder().encode(`${credentials.user}:${credentials.password}`).toBase64()}`;
}

function refusal(status: number): ArchiveError {
  if (status === 401 || status === 403) {
    return new ArchiveError(
      `The archive refuses access (${status})`,
      "refused",
      "set CAPUT_DICOMWEB_USER and CAPUT_DICOMWEB_PASSWORD, or CAPUT_DICOMWEB_TOKEN, or answer the prompt",
    );
  }
  if (status === 429 || status === 503) {
    return new ArchiveError(`The archive is busy (${status})`, "busy", again);
  }
  if (status < 400) {
    return new ArchiveError(
      `The archive redirects to another address (${status})`,
      "refused",
      "name that address with --dicomweb",
    );
  }
  if (status < 500) {
    return new ArchiveError(
      `The archive rejects the request (${status})`,
      "refused",
      "check the address: it must be the part before /studies",
    );
  }
  return new ArchiveError(`The archive failed (${status})`, "broken-off", again);
}

/** The runtime's messages about a connection that was established and then lost. */
const LOST = /client error \((?:SendRequest|Canceled|ChannelClosed)\)/;

/**
 * Sends one request. It is aborted if the archive sends nothing for `silenceMs`.
 *
 * @throws {ArchiveError} if there is no complete response.
 */
async function sendOnce(
  url: string,
  { method, headers, body, silenceMs, signal }: {
    method: string;
    headers: Record<string, string>;
    body?: Uint8Array<ArrayBuffer>;
    silenceMs: number;
    signal?: AbortSignal;
  },
): Promise<Answer & { retryAfterMs: number }> {
  const stop = new AbortController(), silent = () => stop.abort();
  let timer = setTimeout(silent, silenceMs);
  const restartTimer = () => {
    clearTimeout(timer);
    timer = setTimeout(silent, silenceMs);
  };
  const both = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal;
  let connected = false;
  try {
    const response = await fetch(url, { method, headers, body, redirect: "manual", signal: both });
    connected = true;
    const parts: Uint8Array[] = [], length = Number(response.headers.get("content-length") ?? NaN);
    let size = 0;
    for await (const part of response.body ?? []) {
      restartTimer();
      size += part.length;
      if (size > MOST_BYTES) {
        throw new ArchiveError(
          "The archive's answer is larger than any film",
          "rubbish",
          "ask its administrator",
        );
      }
      parts.push(part);
    }
    const packed = response.headers.has("content-encoding");
    if (!packed && Number.isFinite(length) && size < length) {
      throw new ArchiveError("The archive's answer ended too early", "broken-off", again);
    }
    const retry = response.headers.get("retry-after") ?? "", seconds = Number(retry);
    return {
      status: response.status,
      contentType: response.headers.get("content-type") ?? "",
      bytes: joinBytes(parts),
      retryAfterMs: retry !== "" && seconds >= 0 ? 1000 * seconds : 0,
    };
  } catch (error) {
    if (stop.signal.aborted) throw new ArchiveError("The archive stopped responding", "silent", again);
    if (error instanceof ArchiveError) throw error;
    const untrusted = tlsFailure(error);
    if (untrusted) throw untrusted;
    if (connected || LOST.test(String((error as Error).cause))) {
      throw new ArchiveError("The connection to the archive broke off", "broken-off", unreachable);
    }
    throw new ArchiveError("The archive cannot be reached", "silent", unreachable);
  } finally {
    clearTimeout(timer);
  }
}

function sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stopped = () => {
      clearTimeout(timer);
      reject(signal!.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stopped);
      resolve();
    }, ms);
    signal?.addEventListener("abort", stopped, { once: true });
  });
}
