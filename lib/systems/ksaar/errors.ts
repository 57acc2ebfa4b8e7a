import type { Problem } from "../../core/problem";
import type { SmtpProbeResult } from "../../core/smtp-probe";
import type { ValueProblem } from "../../terraform-plugin/schema";

/** Everything the Ksaar room has to say. */

const RESOURCE = "outbound_ksaar_smtp_connection";
const q = (text: string) => JSON.stringify(text);

export const notADigest = (got: string): ValueProblem => ({
  code: "ksaar/not-a-digest",
  severity: "error",
  summary: "This is not the digest of a declaration",
  got: q(got).slice(0, 200),
  expected: "16 hexadecimal digits in lower case, as the attribute `digest` shows them",
  fix: "Copy `digest` of this resource, once the connection is entered in Ksaar; until then leave `confirmed` out.",
});

export const passwordWithoutUser = (): Problem => ({
  code: "ksaar/password-without-user",
  severity: "error",
  summary: "A password is given, but no user name",
  path: ["password_wo"],
  expected: "`username` and `password_wo`, or neither",
  fix: "Add `username`, or remove `password_wo` when the SMTP server wants no login.",
});

export const userWithoutPassword = (username: string): Problem => ({
  code: "ksaar/user-without-password",
  severity: "error",
  summary: "A user name is given, but no password",
  path: ["username"],
  got: q(username),
  expected: "`username` and `password_wo`, or neither",
  fix: "Add `password_wo` (from an ephemeral variable): the probe logs in with it. It is stored nowhere.",
});

export const insecureOn465 = (): Problem => ({
  code: "ksaar/insecure-on-465",
  severity: "warning",
  summary: "Port 465 without `secure` is unusual",
  path: ["secure"],
  got: "port = 465, secure = false",
  expected: "secure = true on 465, false on 25, 587 and 2525 (RFC 8314)",
  fix: "Servers on 465 expect TLS from the first byte, so Ksaar would wait for a greeting that never comes. Remove `secure`, or use port 587.",
});

export const secureOn = (port: number): Problem => ({
  code: "ksaar/secure-on-plain-port",
  severity: "warning",
  summary: `\`secure\` on port ${port} is unusual`,
  path: ["secure"],
  got: `port = ${port}, secure = true`,
  expected: "secure = true on 465, false on 25, 587 and 2525 (RFC 8314)",
  fix: `Servers on ${port} greet in plain text and then offer STARTTLS, so TLS from the first byte ends in a handshake error. Remove \`secure\`: Ksaar uses STARTTLS then; or use port 465.`,
});

export const enterByHand = (name: string, digest: string, steps: string): Problem => ({
  code: "ksaar/enter-by-hand",
  severity: "warning",
  summary: `Ksaar has no API: a person has to enter the SMTP connection ${q(name)}`,
  fix: `Follow the steps below, then set confirmed = "${digest}". Until then nobody vouches for it.`,
  attachment: steps,
});

export const removeByHand = (name: string, steps: string): Problem => ({
  code: "ksaar/remove-by-hand",
  severity: "warning",
  summary: `Ksaar has no API: a person has to remove the SMTP connection ${q(name)}`,
  fix: "Terraform has only forgotten it. Follow the steps below; until then Ksaar still sends by it.",
  attachment: steps,
});

export const driftUnknown = (name: string, attested: boolean, digest: string): Problem => ({
  code: "ksaar/drift-unknown",
  severity: "warning",
  summary: `Whether the SMTP connection ${q(name)} has drifted is unknown: Ksaar has no API`,
  got: attested
    ? `somebody has confirmed what is declared (${digest}); whether it was changed since, nobody can tell`
    : "nobody has confirmed that what is declared has been entered",
  expected: `confirmed = "${digest}"`,
  fix: attested
    ? "Compare Ksaar's screen with the attribute `instructions` when in doubt; mail that arrives is the better proof."
    : `Follow the attribute \`instructions\`, then set confirmed = "${digest}".`,
});

export const confirmationOutdated = (name: string, confirmed: string, digest: string): Problem => ({
  code: "ksaar/confirmation-outdated",
  severity: "warning",
  summary: `What was confirmed for the SMTP connection ${q(name)} is not what is declared now`,
  path: ["confirmed"],
  got: q(confirmed),
  expected: q(digest),
  fix: "Apply, follow the steps it prints, then confirm the new digest.",
});

export const twoDefaults = (name: string, other: string): Problem => ({
  code: "ksaar/two-defaults",
  severity: "error",
  summary: "Two SMTP connections want to be the default of Ksaar",
  path: ["default_connection"],
  got: `${q(other)} and ${q(name)}`,
  expected: "exactly one connection with default_connection = true",
  fix: "Set default_connection = false on all but the one that invitations and sign-ups shall go by. Connections of another Ksaar belong to a provider configuration of their own (an alias).",
});

export const noDefault = (names: readonly string[]): Problem => ({
  code: "ksaar/no-default",
  severity: "warning",
  summary: "No SMTP connection of this stack is the default of Ksaar",
  path: ["default_connection"],
  got: names.map(q).join(", "),
  expected: "exactly one connection with default_connection = true",
  fix: "Fine when another stack declares it. Else set it on the one that invitations, sign-ups and mail actions without a connection shall go by.",
});

export const sameName = (name: string): Problem => ({
  code: "ksaar/same-name-twice",
  severity: "error",
  summary: `Two resources declare the SMTP connection ${q(name)}`,
  path: ["name"],
  got: q(name),
  expected: "one resource for each connection",
  fix: "Give one of them another name, or remove it: Ksaar tells connections apart by their names only.",
});

export const probeFailed = (name: string, probe: SmtpProbeResult, severity: Problem["severity"]): Problem => {
  const failed = probe.stages.find(({ status }) => status === "failed");
  return {
    code: "ksaar/probe-failed",
    severity,
    summary: `The SMTP server of ${q(name)} cannot be used with these settings (${failed?.name ?? "unknown stage"})`,
    fix: `${failed?.remedy ?? "See the stages below."} With verify = "off" nothing is probed, for runners that may not reach SMTP servers.`,
    ...(failed === undefined ? {} : { evidence: failed.detail }),
    attachment: probe.report,
  };
};

export const probeWarns = (name: string, stage: SmtpProbeResult["stages"][number]): Problem => ({
  code: stage.name === "TLS" && /plain text/.test(stage.detail) ? "ksaar/downgraded" : "ksaar/probe-warns",
  severity: "warning",
  summary: `${q(name)}: ${stage.detail}`,
  fix: stage.remedy ?? "Look at the server before Ksaar depends on it.",
});

export const cannotImport = (id: string): Problem => ({
  code: "ksaar/cannot-import",
  severity: "error",
  summary: "An SMTP connection of Ksaar cannot be imported: Ksaar has no API to read it from",
  got: q(id),
  expected: "its declaration in the configuration",
  fix: `Declare ${RESOURCE} as the connection is in Ksaar and apply: that changes nothing there. Then compare it with Ksaar's screen and set \`confirmed\`.`,
});
