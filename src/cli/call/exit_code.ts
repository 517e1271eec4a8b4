/** Exit codes, as the README lists them. */
export const EXIT = {
  done: 0,
  someFailed: 1,
  usage: 2,
  integrity: 3,
  environment: 4,
  interrupted: 130,
} as const;

const BY_NAME: Readonly<Record<string, number>> = {
  UsageError: EXIT.usage,
  CohortError: EXIT.usage,
  RangeError: EXIT.usage,
  TypeError: EXIT.usage,
  SyntaxError: EXIT.usage,
  ModelIntegrityError: EXIT.integrity,
  IntegrityError: EXIT.integrity,
  LockedError: EXIT.integrity,
  DeviceError: EXIT.environment,
  ArchiveError: EXIT.environment,
  NotFound: EXIT.usage,
  IsADirectory: EXIT.usage,
  NotADirectory: EXIT.usage,
  AbortError: EXIT.interrupted,
};

/** Codes of the operating system that say the machine, not the input, is at fault. */
const ENVIRONMENT = [
  "ENOSPC",
  "EROFS",
  "EACCES",
  "EPERM",
  "EDQUOT",
  "EMFILE",
  "ENFILE",
  "EIO",
  "ENOMEM",
  "EFBIG",
  "EADDRINUSE",
  "EADDRNOTAVAIL",
];

/** The exit code that fits an error which ended a verb. */
export function exitCode(error: unknown): number {
  if (!(error instanceof Error)) return EXIT.someFailed;
  const code = (error as { code?: unknown }).code;
  if (code === "integrity") return EXIT.integrity; // a decoder that is not the pinned one
  if (typeof code === "string" && ENVIRONMENT.includes(code)) return EXIT.environment;
  const denied = error instanceof Deno.errors.PermissionDenied || error instanceof Deno.errors.NotCapable;
  if (denied) return EXIT.environment;
  return BY_NAME[error.name] ?? EXIT.someFailed;
}
