import type { SystemReport } from "../survey/report";
import { stateAt, type Ending, type TimeWindow } from "./ending";

/** The endings at the systems' APIs: certificates, and logins where the vendor reports their end. */
export function endingsOfSystems(reports: readonly SystemReport[], sight: TimeWindow): Ending[] {
  return reports.flatMap((report) => {
    const paths = [`${report.provider ?? "outbound"}.${report.system}`];
    switch (report.state) {
      case "no API":
      case "not configured":
        return [];
      case "unknown":
        return [unknown(paths, report.title, report.reason ?? "nobody could ask")];
      default:
        return [...ofCertificate(report, paths, sight), ...ofLogin(report, paths, sight)];
    }
  });
}

function ofCertificate(
  { certificate, title, state, findings, address }: SystemReport,
  paths: string[],
  sight: TimeWindow,
): Ending[] {
  if (certificate !== undefined) {
    const { host, until } = certificate;
    return [
      {
        kind: "certificate",
        paths,
        subject: `certificate of ${host} (${title})`,
        state: stateAt(Date.parse(until), sight),
        at: until,
        fix: "Have it renewed by whoever runs the platform; a plan needs it.",
      },
      ...certificate.authorities.map((one): Ending => ({
        kind: "authority",
        paths,
        subject: `authority ${one.name} behind the certificate of ${host} (${title})`,
        state: stateAt(Date.parse(one.until), sight),
        at: one.until,
        fix: "Have the platform show a chain by an authority that lives longer; where `ca_certificate` names this one, replace it there first.",
      })),
    ];
  }
  // Without TLS there is no certificate; without an answer, none was seen.
  if (state === "nothing wrong" || address?.startsWith("http:") === true) return [];
  return [unknown(paths, title, findings[0]?.summary ?? "it did not answer")];
}

function ofLogin({ until, renewed, title, state }: SystemReport, paths: string[], sight: TimeWindow): Ending[] {
  // A session: each run makes its own.
  if (renewed) return [];
  const subject = `login to ${title}`;
  const fix = "Make a new login in time, put it where the provider reads it, and deploy.";
  if ("value" in until) {
    return [{ kind: "login", paths, subject, state: stateAt(Date.parse(until.value), sight), at: until.value, fix }];
  }
  return [
    { kind: "login", paths, subject, state: state === "wrong" ? "unknown" : "untold", reason: until.unknown, fix },
  ];
}

const unknown = (paths: string[], title: string, reason: string): Ending => ({
  kind: "certificate",
  paths,
  subject: `certificate and login of ${title}`,
  state: "unknown",
  reason,
  fix: "Run `outbound doctor --systems`: it says what is wrong with the way there.",
});
