import { scrypt } from "node:crypto";
import { promisify } from "node:util";
import { ProblemError, type Problem } from "../../core/problem";
import { defineFunction } from "../../terraform-plugin/function";

/**
 * Ten bits. A version stands in plans and states, where a reader can test guesses against it: it rules out all but one guess
 * in {@link VERSIONS}, and each test costs a run of scrypt. One changed secret in as many keeps its version.
 */
const VERSIONS = 1024;

/** The same for all machines and releases, or a version would change while the secret does not. */
const SALT = "cdktf-outbound secret_version 1";

const derive = promisify<string, string, number, Buffer>(scrypt);

/** `provider::outbound::secret_version(text)` */
export const secretVersion = defineFunction({
  name: "secret_version",
  summary: "a number that changes with a secret",
  description:
    `A whole number from 1 to ${VERSIONS} that changes when a secret does: for \`password_wo_version\` and its like, which ` +
    "tell Terraform to send a secret anew. It is made by scrypt and has ten bits, so that it gives nothing away in plans and states; " +
    `one change in ${VERSIONS} goes unnoticed. Of a sensitive value Terraform makes a sensitive version, which a plan does not ` +
    "show: `nonsensitive(provider::outbound::secret_version(var.password))` may be shown. An ephemeral value cannot feed a version: " +
    "what is made of it is ephemeral too, and Terraform refuses it wherever something is stored. Raise the version by hand there, or let the " +
    "pipeline that hands over the secret hand over a number as well.",
  parameters: [
    {
      name: "text",
      type: "string",
      description: "The secret. It must not be ephemeral.",
      sensitive: true,
    },
  ],
  returns: "number",
  async call([text]) {
    if (text === "") throw new ProblemError(noSecret);
    // 1024 divides 2^16, so every version is equally likely.
    return ((await derive(text, SALT, 16)).readUInt16BE() % VERSIONS) + 1;
  },
});

const noSecret: Problem = {
  code: "provider/secret-version-empty",
  severity: "error",
  summary: "There is no secret to make a version of",
  path: ["text"],
  got: "an empty text",
  expected: "the secret",
  fix: "Set the variable that holds it, or leave the version out where there is no secret.",
};
