import type { FailedAttempt } from "./retry";

const TLS_CODE =
  /^(?:ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|EPROTO|ERR_OSSL|HOSTNAME_MISMATCH|CRL_|INVALID_CA|PATH_LENGTH|ERR_PROXY_TLS)/;

/** Classifies a network error. `sent` says whether the request had left before. */
export function classify(cause: unknown, sent: boolean): FailedAttempt {
  const code = codeOf(cause);
  switch (code) {
    case "ENOTFOUND":
      return { failure: "dns", sent: false };
    case "EAI_AGAIN":
      return { failure: "dns", sent: false, temporary: true };
    case "ECONNREFUSED":
    case "EHOSTUNREACH":
    case "ENETUNREACH":
    case "EHOSTDOWN":
      return { failure: "refused", sent: false };
    case "ETIMEDOUT":
    case "ESOCKETTIMEDOUT":
      return { failure: "timeout", sent };
  }
  if (TLS_CODE.test(code)) return { failure: "tls", sent: false };
  // "socket hang up", EPIPE, ECONNRESET, a truncated or broken body: the connection was lost.
  return { failure: "reset", sent };
}

/** The code of an error; it lies on the error, on the one that it wraps, or on that of the first of several addresses. */
function codeOf(error: unknown): string {
  for (let current = error, depth = 0; current instanceof Error && depth < 5; depth++) {
    const code = (current as NodeJS.ErrnoException).code;
    if (typeof code === "string" && code !== "ERR_BAD_REQUEST" && code !== "ERR_BAD_RESPONSE") return code;
    current = current instanceof AggregateError ? current.errors[0] : current.cause;
  }
  return "";
}
