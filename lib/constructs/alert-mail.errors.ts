import type { Problem } from "../core/problem";
import { constructError as error } from "./construct-error";

/** The errors of an AlertMail as a whole. */

export const alreadyThere = (what: string, id: string): Problem =>
  error("declared-twice", {
    summary: `${what} "${id}" is declared twice`,
    got: id,
    expected: "one declaration each",
    fix: "Remove one of the two, or give one of them an id of its own.",
  });

export const fallbackIsTheFirst = (host: string): Problem =>
  error("fallback-is-the-first", {
    summary: "The fallback of an AlertMail is its own server",
    path: ["fallback"],
    got: host,
    expected: "another server, at best at another provider",
    fix: "Declare another SmtpServer: when the first one is broken, nobody is told through it.",
  });

export const secondOfItsKind = (kind: string, name: string | undefined): Problem =>
  error("second-of-its-kind", {
    summary: `There is a plugin "${kind}" in this AlertMail already, so the second one needs an id of its own`,
    path: ["id"],
    got: "no id",
    expected: `into(..., { id: ${JSON.stringify(name ?? "second")} })`,
    fix: `Give it an id in the options: it becomes part of the Terraform addresses.${
      name === undefined ? "" : ` ${JSON.stringify(name)} is what version 0.1.0 took, so what that has deployed stays.`
    }`,
  });

export const needsAnId = (kind: string): Problem =>
  error("needs-an-id", {
    summary: `The ${kind} has a name that only Terraform knows, so it needs an id of its own`,
    path: ["id"],
    got: "a reference",
    expected: 'a text: { id: "prod" }',
    fix: "Give an id in the options: it becomes part of the Terraform address and must be known at synth.",
  });

export const nothingDeclared = (path: string): Problem =>
  error("nothing-declared", {
    summary: `Nothing can depend on "${path}" yet: it is empty`,
    expected: "a call of through, into or testAfterDeploy before",
    fix: "Declare what the AlertMail consists of before another resource depends on it.",
  });
