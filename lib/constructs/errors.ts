import type { Problem } from "../core/problem";
import { LIBRARIES } from "../package/libraries";
import type { ValueProblem } from "../terraform-plugin/schema";
import { constructError as error } from "./construct-error";

/** The errors of the constructs and of their values, which get their path where they are found. */

// Libraries

/**
 * @param foreign the construct as people see it
 * @param title its library
 */
export const twoLibraries = (foreign: string, title: string, beside: string): Problem => {
  const { cdktf, cdktn } = LIBRARIES;
  return error("two-libraries", {
    summary: `The program mixes ${cdktf.title} and ${cdktn.title}`,
    path: [beside],
    got: `${foreign}, which is of ${title}`,
    expected: "one library for the App, its stacks, what is in them, and these constructs",
    fix: `Where everything else is imported from "${cdktn.name}", import these constructs from "${cdktn.entry}"; where it is "${cdktf.name}", from "${cdktf.entry}". Other providers have packages for each as well: @cdktn/provider-aws, @cdktf/provider-aws.`,
  });
};

/** @param path of the construct */
export const actionInHcl = (path: string): Problem =>
  error("action-in-hcl", {
    summary: "An action can be synthesised as JSON only",
    path: [path],
    got: "a synthesis in HCL, which has no way to write an action",
    expected: "JSON, as CDKTF writes it where nothing else is asked for",
    fix: "Synthesise without --hcl, and without `SYNTH_HCL_OUTPUT` in the environment.",
  });

// Properties

export const missingProp = (name: string): Problem =>
  error("missing", {
    summary: `\`${name}\` is missing`,
    path: [name],
    got: "nothing",
    expected: "a value",
    fix: "Give it a value. Where it comes from an environment variable, set the variable before cdktf synth.",
  });

export const unknownProp = (name: string, nearest: string | undefined): Problem =>
  error("unknown-property", {
    summary: `\`${name}\` is not a property of this construct`,
    path: [name],
    fix: nearest === undefined ? "Remove it." : `Did you mean \`${nearest}\`?`,
  });

export const unknownOption = (what: string, name: string, nearest: string | undefined, names: string) =>
  error("unknown-option", {
    summary: `\`${name}\` is no property of what ${what} takes`,
    path: [name],
    expected: `one of ${names}`,
    fix: nearest === undefined ? "Remove it." : `Did you mean \`${nearest}\`?`,
  });

export const noOptions = (what: string, got: string, names: string): Problem =>
  error("no-options", {
    summary: `${what} takes an object`,
    got,
    expected: `{ ${names} }`,
    fix: "Pass an object with some of these properties; the reference says which of them are needed.",
  });

export const notATarget = (what: string, got: string, expected: string, hint: string | undefined): Problem =>
  error("not-a-target", {
    summary: `This is ${what}`,
    got,
    expected,
    fix: hint ?? `Pass what a system's own class makes, such as ${expected}.`,
  });

export const oneObjectTwice = (
  type: string,
  [first, second]: readonly [string, string],
  identity: Readonly<Record<string, unknown>>,
): Problem => {
  const values = Object.entries(identity).map(([name, value]) => `${name} ${JSON.stringify(value)}`);
  return error("one-object-twice", {
    summary: `"${first}" and "${second}" are the same ${type}`,
    got: values.length === 0 ? "two of what there is one of" : values.join(", "),
    expected: "one construct for each object",
    fix:
      values.length === 0
        ? "Remove one of the two, or give it the provider configuration of another system."
        : "Remove one of the two, or let them differ. Where each belongs to another system, give each its provider.",
  });
};

/** A number that only Terraform knows, inside a text: CDKTF has put a placeholder in its place. */
export const lostNumber = (where: string): Problem =>
  error("number-lost-in-text", {
    summary: "The text contains a number that only Terraform knows, in a form that Terraform cannot read",
    path: [where],
    expected: "the number written by Tokenization.stringifyNumber(...)",
    fix: "Write `${Tokenization.stringifyNumber(port.numberValue)}` instead of `${port.numberValue}` in the text.",
  });

export const mustBeKnown = (where: string, why: string): Problem =>
  error("must-be-known", {
    summary: `\`${where}\` must be known when the program runs`,
    path: [where],
    got: "a value that only Terraform knows",
    expected: "a value written in the program, or read from its environment",
    fix: `Write it in the program: ${why}.`,
  });

export const missingFile = (where: string, path: string): Problem =>
  error("missing-file", {
    summary: `The file ${JSON.stringify(path)} does not exist`,
    path: [where],
    got: JSON.stringify(path),
    expected: "PEM text, or the absolute path of a PEM file",
    fix: "Correct the path. Where the file is only on the machine that runs Terraform, hand its path over in a TerraformVariable.",
  });

export const relativeFile = (where: string, path: string, absolute: string): Problem =>
  error("relative-path", {
    summary: "Terraform would look for the file in the stack's own directory",
    path: [where],
    got: JSON.stringify(path),
    expected: JSON.stringify(absolute),
    fix: "Make it an absolute path: path.resolve(...) of node:path.",
  });

export const notPem = (where: string): Problem =>
  error("not-pem", {
    summary: "There is no certificate in PEM form",
    path: [where],
    expected: "-----BEGIN CERTIFICATE-----",
    fix: "Give the certificate of the authority as PEM; one in binary form is converted by: openssl x509 -inform der -in ca.cer.",
  });

export const wrongType = (got: string, expected: string): ValueProblem => ({
  code: "constructs/wrong-type",
  severity: "error",
  summary: `The value is ${article(got)}, not ${article(expected)}`,
  got,
  expected,
  fix: `Give ${article(expected)}.`,
});

// Value objects

export const noReceivers = (): Problem =>
  error("no-receivers", {
    summary: "There is no receiver",
    path: ["receivers"],
    got: "[]",
    expected: "at least one Receiver",
    fix: 'Name who shall get the alerts: Receiver.email("oncall@example.com").',
  });

export const wrongKind = (what: string, got: string, factory: string): Problem =>
  error("wrong-kind", {
    summary: `This is not a ${what}`,
    got,
    expected: `a ${what}`,
    fix: `Did you mean ${factory}?`,
  });

export const otherCopy = (what: string): Problem =>
  error("other-copy", {
    summary: `This ${what} was made by another copy of this package`,
    got: `a ${what} of another import`,
    expected: `a ${what} of the same import as the construct that takes it`,
    fix: `Import everything from "${LIBRARIES.cdktf.entry}", or everything from "${LIBRARIES.cdktn.entry}"; \`npm ls cdktf-provider-outbound\` shows whether it is installed twice.`,
  });

export const mailboxLogin = (both: boolean): Problem =>
  error("mailbox-login", {
    summary: both
      ? "The mailbox has a password and an access token"
      : "The mailbox has neither a password nor an access token",
    path: ["password"],
    expected: "exactly one of `password` and `accessToken`",
    fix: both
      ? "Remove the one that the server does not want."
      : 'Add `password: Secret.environment("IMAP_PASSWORD")`.',
  });

export const tokenForPlatform = (plugin: string): Problem =>
  error("token-for-platform", {
    summary: `"${plugin}" cannot log in with an access token`,
    got: 'a server whose login has the mechanism "XOAUTH2"',
    expected: "a login by user name and password",
    fix: "Give the plugin a server with a password, or a relay that needs none: of all that is here only the test mail speaks XOAUTH2.",
  });

export const lineBreak = (where: string): Problem =>
  error("line-break", {
    summary: "The value contains a line break or another control character",
    path: [where],
    expected: "one line",
    fix: "Remove it: it would end the mail header that the value is written into.",
  });

export const flowNeedsAddress = (host: string): Problem =>
  error("flow-needs-an-address", {
    summary: `The firewall flow to ${host} needs the server's IPv4 address`,
    path: ["ip"],
    expected: 'ip: "203.0.113.25"',
    fix: `Give the address when you declare the server: SmtpServer.startTls("${host}", { ip: "...", ... }). Firewalls open addresses, not names, and names are not resolved at synth.`,
  });

export const noRoutes = (plugin: string): Problem =>
  error("no-routes", {
    summary: `"${plugin}" sends all its alerts the same way`,
    got: "an AlertRoute",
    expected: "an SmtpPlugin whose platform has routes",
    fix: "Remove the AlertRoute, and name the receivers where this platform wants them.",
  });

// Provider

export const pluginsOfTwoProviders = (plugin: string): Problem =>
  error("plugins-of-two-providers", {
    summary: `One test cannot go through plugins of two providers: "${plugin}" belongs to another one`,
    path: ["provider"],
    expected: "plugins of one OutboundProvider",
    fix: "Make one AlertMail or PostDeployTest for each provider.",
  });

export const ambiguousProvider = (): Problem =>
  error("two-default-providers", {
    summary: "There are two OutboundProviders without an alias in one stack",
    expected: "one default provider; the others with an alias",
    fix: 'Give all but one an alias, new OutboundProvider(this, "second", { alias: "second" }), and pass it to its targets as `provider`.',
  });

function article(noun: string): string {
  return /^[aeiou]/.test(noun) ? `an ${noun}` : `a ${noun}`;
}
