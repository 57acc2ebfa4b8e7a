import type { Problem } from "../core/problem";
import { constructError as error } from "./construct-error";

/** The errors of secrets. They never quote the value itself. */

export const literalSecret = (where: string): Problem =>
  error("literal-secret", {
    summary: "A secret is written into the program",
    path: [where],
    got: "a literal value (not shown)",
    expected: "a Secret",
    fix: 'Use Secret.variable(...) for a Terraform variable, or Secret.environment("SMTP_PASSWORD"). A literal would be stored in cdktf.out and in the repository; if this one was real, change it.',
  });

export const secretWithDefault = (variable: string): Problem =>
  error("secret-with-default", {
    summary: `The variable "${variable}" has a default, so the secret would be written into cdktf.out`,
    path: [variable],
    expected: "a TerraformVariable without a default",
    fix: `Remove the default and give the value when deploying: TF_VAR_${variable}=... cdktf deploy.`,
  });

export const notAVariable = (got: string): Problem =>
  error("not-a-variable", {
    summary: "Secret.variable needs a TerraformVariable",
    got,
    expected: "the construct new TerraformVariable(...) returned",
    fix: 'Pass the variable itself; for an environment variable use Secret.environment("NAME").',
  });

export const badVariableName = (): Problem =>
  error("bad-environment-name", {
    summary: "Secret.environment was not given the name of an environment variable",
    got: "something else (not shown, it may be the secret itself)",
    expected: "letters, digits and underscores, not starting with a digit: SMTP_PASSWORD",
    fix: "Give the variable's name; the provider reads its value when Terraform runs.",
  });

export const badSecretVersion = (got: unknown): Problem =>
  error("bad-secret-version", {
    summary: "The version of a secret is not a whole number",
    path: ["version"],
    got: String(got),
    expected: "1, 2, 3, ...; beyond 2^53 a bigint such as 123456789012345678n",
    fix: "Raise the number by one each time the secret changes, so that Terraform sends it again.",
  });

export const literalSecretVersion = (): Problem =>
  error("literal-secret-version", {
    summary: "OutboundFn.secretVersion got the secret itself, so it would be written into cdktf.out",
    path: ["reference"],
    got: "a literal",
    expected: "a reference to the secret: variable.stringValue",
    fix: "Declare a TerraformVariable with `sensitive: true` and without a default, give its value when deploying, and pass its stringValue.",
  });

export const secretOfAnotherStack = (variable: string, stack: string): Problem =>
  error("secret-of-another-stack", {
    summary: `The secret variable "${variable}" belongs to another stack`,
    expected: `a variable of the stack "${stack}"`,
    fix: "Declare the variable in each stack that needs the secret: a secret must not be stored in another stack's outputs.",
  });
