import { ArchiveError } from "./archive_error.ts";

/** How to make this program trust the authority that signed the certificate. */
const NAME_AUTHORITY =
  "set DENO_CERT=ca.pem to the certificate of the authority that signed it, or DENO_TLS_CA_STORE=system if this machine trusts it";

/** Messages of the runtime about certificates and handshakes, and their meanings. */
const KINDS: readonly (readonly [pattern: RegExp, message: string, fix: string])[] = [
  [/UnknownIssuer/, "certificate is not trusted: this program does not know who signed it", NAME_AUTHORITY],
  [
    /CaUsedAsEndEntity|SelfSigned/i,
    "certificate is not trusted: it is self-signed",
    `ask its administrator for one that an authority has signed, then ${NAME_AUTHORITY}`,
  ],
  [
    /NotValidForName|not valid for name/,
    "certificate is for another host",
    "in --dicomweb, use the host name that the certificate is for",
  ],
  [
    /expired|NotValidYet|not valid yet/i,
    "certificate is not valid today",
    "check this machine's clock, or ask the administrator for a new certificate",
  ],
  [/invalid peer certificate/, "certificate is not valid", "ask its administrator for a valid one"],
  [
    /InvalidContentType|corrupt message|InvalidMessage/,
    "port does not speak TLS",
    "check the address: is this the https port?",
  ],
  [
    /received fatal alert|peer is incompatible/,
    "encryption is refused: TLS 1.2 or later is needed",
    "ask its administrator to allow TLS 1.2 or 1.3, without a client certificate",
  ],
];

/**
 * The error of a connection whose TLS handshake failed, for example because the archive's certificate is not trusted;
 * null for any other error. A retry would not help. No request was sent, so no credentials were sent either.
 */
export function tlsFailure(error: unknown): ArchiveError | null {
  const messages = [error, (error as Error | null)?.cause].map((each) =>
    each instanceof Error ? each.message : ""
  );
  const kind = KINDS.find(([pattern]) => messages.some((message) => pattern.test(message)));
  return kind ? new ArchiveError(`The archive's ${kind[1]}`, "untrusted", kind[2]) : null;
}
