import { someOf } from "../../core/some-of";
import { prose, setting } from "../../core/prose";
import type { Problem } from "../../core/problem";
import type { SmtpProbeResult } from "../../core/smtp-probe";
import type { ValueProblem } from "../../terraform-plugin/schema";
import { quoted, systemError, systemWarning, type Facts } from "../kit/words";
import { ksaarWords } from "./words";

/** The errors that are specific to Ksaar; the others are in `kit/problems`. */

const error = (code: string, facts: Facts) => systemError(ksaarWords, code, facts);
const warning = (code: string, facts: Facts) => systemWarning(ksaarWords, code, facts);

export const notADigest = (got: string): ValueProblem =>
  error("not-a-digest", {
    summary: "This is not the digest of a declaration",
    got: quoted(got).slice(0, 200),
    expected: "16 hexadecimal digits in lower case, as the attribute `digest` shows them",
    fix: "Copy `digest` of this resource, once the connection is entered in Ksaar; until then leave `confirmed` out.",
  });

export const insecureOn465 = (): Problem =>
  warning("insecure-on-465", {
    summary: "Port 465 without `secure` is unusual",
    path: ["secure"],
    got: "port = 465, secure = false",
    expected: prose`${setting("secure", "true")} on 465, false on 25, 587 and 2525 (RFC 8314)`,
    fix: prose`Servers on 465 expect TLS from the first byte, so Ksaar would wait for a greeting that never comes. Remove ${setting("secure")}, or use ${setting("port", "587")}.`,
  });

export const secureOn = (port: number): Problem =>
  warning("secure-on-plain-port", {
    summary: prose`${setting("secure")} on port ${String(port)} is unusual`,
    path: ["secure"],
    got: `port = ${port}, secure = true`,
    expected: prose`${setting("secure", "true")} on 465, false on 25, 587 and 2525 (RFC 8314)`,
    fix: prose`Servers on ${String(port)} greet in plain text and then offer STARTTLS, so TLS from the first byte ends in a handshake error. Remove ${setting("secure")}: Ksaar uses STARTTLS then; or use ${setting("port", "465")}.`,
  });

export const noLogin = (): Problem =>
  error("no-login", {
    summary: "The SMTP connection has no user name and password",
    path: ["username"],
    expected: prose`${setting("username")} and ${setting("password_wo")}, which Ksaar requires`,
    fix: prose`Add both; or say ${setting("without_login", "true")} when the SMTP server wants no login.`,
  });

export const loginAllTheSame = (username: string): Problem =>
  error("login-all-the-same", {
    summary: prose`${setting("without_login")} is true, and a user name is given`,
    path: ["without_login"],
    got: quoted(username),
    expected: "one of the two",
    fix: prose`Remove ${setting("without_login")}, or ${setting("username")} and ${setting("password_wo")}.`,
  });

export const enterByHand = (name: string, digest: string, steps: string): Problem =>
  warning("enter-by-hand", {
    summary: `Ksaar has no API: a person has to enter the SMTP connection ${quoted(name)}`,
    fix: prose`Follow the steps below, then set ${setting("confirmed", digest)}. Until then nobody vouches for it.`,
    attachment: steps,
  });

export const removeByHand = (name: string, steps: string): Problem =>
  warning("remove-by-hand", {
    summary: `Ksaar has no API: a person has to remove the SMTP connection ${quoted(name)}`,
    fix: "Terraform has only forgotten it. Follow the steps below; until then Ksaar still sends by it.",
    attachment: steps,
  });

export const driftUnknown = (name: string, attested: boolean, digest: string): Problem =>
  warning("drift-unknown", {
    summary: `Whether the SMTP connection ${quoted(name)} has drifted is unknown: Ksaar has no API`,
    got: attested
      ? `somebody has confirmed what is declared (${digest}); whether it was changed since, nobody can tell`
      : "nobody has confirmed that what is declared has been entered",
    expected: prose`${setting("confirmed", digest)}`,
    fix: attested
      ? prose`Compare Ksaar's screen with ${setting("instructions")} when in doubt; mail that arrives is the better proof.`
      : prose`Follow ${setting("instructions")}, then set ${setting("confirmed", digest)}.`,
  });

export const confirmationOutdated = (name: string, confirmed: string, digest: string): Problem =>
  warning("confirmation-outdated", {
    summary: `What was confirmed for the SMTP connection ${quoted(name)} is not what is declared now`,
    path: ["confirmed"],
    got: quoted(confirmed),
    expected: quoted(digest),
    fix: "Apply, follow the steps it prints, then confirm the new digest.",
  });

export const twoDefaults = (name: string, other: string): Problem =>
  error("two-defaults", {
    summary: "Two SMTP connections want to be the default of Ksaar",
    path: ["default_connection"],
    got: `${quoted(other)} and ${quoted(name)}`,
    expected: prose`exactly one connection with ${setting("default_connection", "true")}`,
    fix: prose`Set ${setting("default_connection", "false")} on all but the one that invitations and sign-ups shall go by. Connections of another Ksaar belong to a provider configuration of their own (an alias).`,
  });

export const noDefault = (names: readonly string[]): Problem =>
  warning("no-default", {
    summary: "No SMTP connection of this stack is the default of Ksaar",
    path: ["default_connection"],
    got: someOf(names.map(quoted)),
    expected: prose`exactly one connection with ${setting("default_connection", "true")}`,
    fix: "Fine when another stack declares it. Else set it on the one that invitations, sign-ups and mail actions without a connection shall go by.",
  });

export const probeFailed = (name: string, probe: SmtpProbeResult, severity: Problem["severity"]): Problem => {
  const failed = probe.stages.find(({ status }) => status === "failed");
  return {
    code: "ksaar/probe-failed",
    severity,
    summary: `The SMTP server of ${quoted(name)} cannot be used with these settings (${failed?.name ?? "unknown stage"})`,
    fix: `${failed?.remedy ?? "See the stages below."} With verify = "off" nothing is probed, for runners that may not reach SMTP servers.`,
    ...(failed === undefined ? {} : { evidence: failed.detail }),
    attachment: probe.report,
  };
};

export const probeWarns = (name: string, stage: SmtpProbeResult["stages"][number]): Problem => ({
  code: stage.name === "TLS" && /plain text/.test(stage.detail) ? "ksaar/downgraded" : "ksaar/probe-warns",
  severity: "warning",
  summary: `${quoted(name)}: ${stage.detail}`,
  fix: stage.remedy ?? "Look at the server before Ksaar depends on it.",
});
