/** Exit codes, as the README lists them. */
export const EXIT = {
  done: 0,
  someFailed: 1,
  usage: 2,
  integrity: 3,
  environment: 4,
  bug: 70,
  interrupted: 130,
} as const;

/** Exit code by name of the error. */
const BY_NAME: Readonly<Record<string, number>> = {
  RadiographError: EXIT.someFailed,
  TooFewError: EXIT.someFailed,
  TrainingDivergedError: EXIT.someFailed,
  UsageError: EXIT.usage,
  CohortError: EXIT.usage,
  InputError: EXIT.usage,
  NotFound: EXIT.usage,
  IsADirectory: EXIT.usage,
  NotADirectory: EXIT.usage,
  ModelIntegrityError: EXIT.integrity,
  IntegrityError: EXIT.integrity,
  LockedError: EXIT.integrity,
  DeviceError: EXIT.environment,
  AddrInUse: EXIT.environment,
  ArchiveError: EXIT.environment,
  AbortError: EXIT.interrupted,
};

/** Error codes of the operating system whose cause is the machine, not the input. */
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

/** The exit code for an error that ended a command; an unknown error is a bug. */
export function exitCode(error: unknown): number {
  if (!(error instanceof Error)) return EXIT.bug;
  const code = (error as { code?: unknown }).code;
  if (code === "integrity") return EXIT.integrity; // the decoder's sha256 is not the expected one
  if (typeof code === "string" && ENVIRONMENT.includes(code)) return EXIT.environment;
  const denied = error instanceof Deno.errors.PermissionDenied || error instanceof Deno.errors.NotCapable;
  if (denied) return EXIT.environment;
  return Object.hasOwn(BY_NAME, error.name) ? BY_NAME[error.name] : EXIT.bug;
}

/** What to do about a bug. */
export const REPORT_BUG =
  "this is a bug in Caput; please open an issue in its repository with the command, this message and the output " +
  "of deno --version (no patient data)";
