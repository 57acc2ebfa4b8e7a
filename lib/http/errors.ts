import type { Problem } from "../core/problem";
import type { HttpError } from "./error";
import type { HttpFailure } from "./types";

/** The errors of the HTTP client. Systems have their own words for what their vendor refuses. */

const error = (code: string, problem: Omit<Problem, "code" | "severity">): Problem => ({
  code: `http/${code}`,
  severity: "error",
  ...problem,
});

export const badBaseUrl = (name: string, got: string) =>
  error("bad-url", {
    summary: `The address of ${name} is not a URL`,
    got: JSON.stringify(got),
    expected: "an absolute URL such as https://host.example.com",
    fix: /^[\w.-]+(:\d+)?(\/\S*)?$/.test(got) ? `Did you mean "https://${got}"?` : "Correct the address.",
  });

export const credentialsInUrl = (name: string) =>
  error("credentials-in-url", {
    summary: `The address of ${name} contains a user name or a password`,
    expected: "an address without anything before an @",
    fix: "Remove it from the address and use the attributes meant for credentials; addresses are shown in logs and plans.",
  });

export const plainHttp = (name: string, got: string) =>
  error("plain-http", {
    summary: `${name} would be called without encryption`,
    got,
    expected: "https (http only for this machine: localhost, 127.0.0.1, [::1])",
    fix: `Did you mean "${got.replace(/^http:/i, "https:")}"?`,
  });

export const badCertificate = (name: string, cause: string) =>
  error("bad-ca-certificate", {
    summary: `The CA certificate for ${name} cannot be read`,
    expected: "one or more PEM blocks: -----BEGIN CERTIFICATE-----",
    fix: "Give the certificate of the authority that signed the server's certificate, in PEM form.",
    evidence: cause,
  });

export const badProxy = (variable: string, got: string) =>
  error("bad-proxy", {
    summary: `The proxy in ${variable} cannot be used`,
    got,
    expected: "http://host:port or https://host:port",
    fix: `Correct or unset ${variable}.`,
  });

export const badPathSegment = (got: string) =>
  error("bad-path-segment", {
    summary: `${JSON.stringify(got)} cannot be part of an address`,
    got: JSON.stringify(got),
    expected: 'a name that is not empty and not "." or ".."',
    fix: "Correct the name.",
  });

const REMEDIES: Readonly<Record<HttpFailure, string>> = {
  dns: "Check the host name in the address and this machine's DNS.",
  refused: "Check the address and port, that the service is up, and that firewall or proxy let this machine through.",
  timeout:
    "Check that firewall and proxy let this machine through; otherwise the service is slow, and trying again later helps.",
  reset: "Something between here and there broke the connection: try again, then look at proxy and firewall.",
  tls: "Check the certificate: its names, its dates, and whether its authority must be given as CA certificate.",
  status: "See the answer.",
  aborted: "Run it again when it was not meant to stop.",
};

/** A failed request in words that fit any system, for failures that a system has no better words for. */
export const requestFailed = (name: string, failed: HttpError): Problem =>
  error(failed.failure === "status" ? `status-${failed.status}` : failed.failure, {
    summary:
      failed.failure === "status"
        ? `${name} answered ${failed.status} to ${failed.method} ${pathOf(failed.url)}`
        : `${name} could not be reached for ${failed.method} ${pathOf(failed.url)}`,
    fix:
      (failed.status ?? 0) >= 500
        ? "The service has a problem of its own: try again later, then ask its support, naming the request id."
        : failed.status === 429
          ? "Too many requests: try again later, with fewer at once."
          : (ofDates(name, failed) ?? REMEDIES[failed.failure]),
    evidence: failed.message,
  });

/** The words of OpenSSL, which are all that Node.js passes on. */
const [EXPIRED, NOT_YET] = [/certificate has expired/i, /certificate is not yet valid/i];

/** Whether TLS failed because of the validity dates of a certificate. */
export const isOfDates = ({ failure, message }: Pick<HttpError, "failure" | "message">): boolean =>
  failure === "tls" && (EXPIRED.test(message) || NOT_YET.test(message));

function ofDates(name: string, failed: HttpError): string | undefined {
  if (!isOfDates(failed)) return undefined;
  return EXPIRED.test(failed.message)
    ? `The certificate of ${name} has expired, or one of the authority that it depends on: have it renewed there. When others get through, look at the clock of this machine.`
    : `The certificate of ${name} holds from a later time on: look at the clock of this machine.`;
}

function pathOf(url: string): string {
  try {
    return new URL(url).pathname;
  } catch {
    return url;
  }
}
