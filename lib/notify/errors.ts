import type { Problem } from "../core/problem";
import type { HttpError } from "../http";
import type { UrlChannel } from "./channel";

/** Problems with notifications. They never contain the value of a variable, which is a secret. */

const problem = (code: string, facts: Omit<Problem, "code" | "severity">): Problem => ({
  code: `notify/${code}`,
  severity: "error",
  ...facts,
});

const WAYS = "webhook=VARIABLE, slack=VARIABLE, teams=VARIABLE, heartbeat=VARIABLE, issue or mail";

export const urlInOption = (): Problem =>
  problem("url-given", {
    summary: "--notify was given a URL",
    got: "a URL (not shown: whoever knows it can write there)",
    expected: "the name of an environment variable that holds it: slack=SLACK_URL",
    fix: "Put the URL into a secret of the pipeline and name its variable: command lines stand in logs and in the list of processes. As it was in one now, make a new URL where the old one was made.",
  });

export const unknownChannel = (kind: string, nearest: string | undefined): Problem =>
  problem("unknown-way", {
    summary: "There is no such way to tell somebody",
    // A value that is not a known word may be part of a URL.
    got: /^[\w-]{1,30}$/.test(kind) ? kind : "something that is no word (not shown: it may be a secret)",
    expected: WAYS,
    fix: nearest === undefined ? "Name one of these." : `Did you mean "${nearest}"?`,
  });

export const variableNotNamed = (kind: UrlChannel): Problem =>
  problem("variable-not-named", {
    summary: `The way ${kind} does not say which environment variable holds its URL`,
    got: kind,
    expected: `${kind}=VARIABLE`,
    fix: `Write for example --notify ${kind}=${kind.toUpperCase()}_URL, and set that variable from a secret of the pipeline.`,
  });

export const badVariable = (kind: UrlChannel): Problem =>
  problem("bad-variable", {
    summary: `The way ${kind} names no environment variable`,
    got: "something that cannot be the name of a variable (not shown: it may be a secret)",
    expected: `${kind}=VARIABLE: letters, digits and _`,
    fix: "Put the value into an environment variable, and name that variable here.",
  });

export const variableMissing = (kind: UrlChannel, variable: string): Problem =>
  problem("variable-missing", {
    summary: `The environment variable ${variable} is not set`,
    expected: `the URL for --notify ${kind}=${variable}`,
    fix: `Set it from a secret of the pipeline. On GitHub a secret that does not exist is empty: look at its name, and whether the job's environment has it.`,
  });

export const unusableUrl = (variable: string, why: string): Problem =>
  problem("unusable-url", {
    summary: `The environment variable ${variable} holds no URL that can be used`,
    got: `${why} (not shown: it may be a secret)`,
    expected: "https://host/path, without a user name or a password; http only for this machine",
    fix: "Copy the URL once more from where it was made, as a whole and without quotes.",
  });

const FIX: Readonly<Record<UrlChannel, string>> = {
  webhook: "Look at the log of the service that the URL belongs to.",
  slack: "Look whether the app is still installed and its channel still there, or make a new incoming webhook.",
  teams:
    'Look whether the workflow ("When a Teams webhook request is received") is turned on and has an owner, or make a new one.',
  heartbeat: "Look whether the check still exists there, and copy its ping URL once more.",
};

/** There was no answer, or the answer was a refusal. */
export const refusedBy = (kind: UrlChannel, name: string, failed: HttpError): Problem =>
  problem(failed.failure === "status" ? "refused" : "no-answer", {
    summary: `Nobody was told by ${name}`,
    got: failed.failure === "status" ? `the answer ${failed.status}` : `no answer (${failed.failure})`,
    fix:
      failed.failure === "status"
        ? FIX[kind]
        : failed.failure === "aborted"
          ? "Run it again when it was not meant to stop."
          : "Check the host name of the URL, and that firewall and proxy let this machine through.",
    evidence: failed.message,
  });

/** The answer has a status of success and does not confirm receipt. */
export const notConfirmed = (kind: UrlChannel, name: string, answer: string, expected: string): Problem =>
  problem("not-confirmed", {
    summary: `The answer of ${name} does not say that anybody was told`,
    got: answer,
    expected,
    fix: `A page of HTML is that of a login or a proxy. ${FIX[kind]}`,
  });

export const tookTooLong = (name: string, seconds: number): Problem =>
  problem("took-too-long", {
    summary: `Nobody was told by ${name} in time`,
    expected: `an end within ${seconds} s`,
    fix: "Try it again later; look whether firewall and proxy let this machine through.",
  });

export const unexpectedly = (name: string, evidence: string): Problem =>
  problem("unexpected", {
    summary: `Nobody was told by ${name}`,
    fix: "Look whether something between here and there answers in its place, such as a proxy or a login page.",
    evidence,
  });

export const noSecondRelay = (): Problem =>
  problem("no-second-relay", {
    summary: "Nobody was told by mail: there is no second relay",
    fix: "Declare one: `fallback` of AlertMail, or an outbound_test_email with `fallback = true`.",
  });
