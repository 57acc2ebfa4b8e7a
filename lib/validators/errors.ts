import { cutShort } from "../core/cut-short";
import { shownNumber, type AnyNumber } from "../terraform-plugin/numbers";
import type { ValueProblem } from "../terraform-plugin/schema";

/** The problems of all validators. A did-you-mean stands in `fix`, ready to be pasted. */

const error = (
  code: string,
  summary: string,
  got: string | AnyNumber,
  expected: string,
  fix: string,
): ValueProblem => ({
  code: `value/${code}`,
  severity: "error",
  summary,
  got: visible(got),
  expected,
  fix,
});

export const didYouMean = (value: string) => `Did you mean ${JSON.stringify(value)}?`;

export const empty = (got: string) =>
  error(
    "empty",
    "The value is empty",
    got,
    "at least one character that is not a space",
    "Give a value, or leave the attribute out.",
  );

export const notOneOf = (got: string | AnyNumber, allowed: readonly string[], nearest: string | undefined) =>
  error(
    "not-allowed",
    `${visible(got)} is not an allowed value`,
    got,
    `one of ${allowed.join(", ")}`,
    nearest === undefined ? `Use one of ${allowed.join(", ")}.` : `Did you mean ${nearest}?`,
  );

export const notAnInteger = (got: AnyNumber, expected: string) =>
  error(
    "not-an-integer",
    `${shownNumber(got)} is not a whole number`,
    got,
    expected,
    typeof got === "number" ? `Did you mean ${Math.round(got)}?` : "Write it without a fraction.",
  );

export const outOfRange = (got: AnyNumber, expected: string, nearest: number) =>
  error(
    "out-of-range",
    `${shownNumber(got)} is out of range`,
    got,
    expected,
    `The nearest allowed value is ${nearest}.`,
  );

const DURATION = 'a duration such as "90s", "30m" or "1h30m"';

export const notADuration = (got: string, suggestion: string | undefined) =>
  error(
    "not-a-duration",
    `${visible(got)} is not a duration`,
    got,
    DURATION,
    suggestion === undefined ? 'Write numbers with units: "ms", "s", "m", "h".' : didYouMean(suggestion),
  );

export const notAPeriod = (got: string, suggestion: string | undefined) =>
  error(
    "not-a-period",
    `${visible(got)} does not say how often`,
    got,
    'days, hours and minutes, longer than none: "7d", "36h", "1d12h"',
    suggestion === undefined ? 'Write numbers with units: "d", "h", "m".' : didYouMean(suggestion),
  );

export const zeroDuration = (got: string) =>
  error(
    "zero-duration",
    "The duration is zero",
    got,
    `${DURATION}, longer than zero`,
    "Give the operation some time to finish.",
  );

const IPV4 = 'one IPv4 address, four numbers from 0 to 255: "203.0.113.25"';

export const notAnIpv4 = (got: string, what: string, fix: string) =>
  error("not-an-ipv4-address", `${visible(got)} is ${what}, not an IPv4 address`, got, IPV4, fix);

export const badEmailAddress = (got: string, what: string, fix: string) =>
  error("bad-email-address", `The e-mail address ${what}`, got, 'one address with a domain: "oncall@example.com"', fix);

export const badHostName = (got: string, what: string, fix: string) =>
  error("bad-host-name", `${visible(got)} ${what}`, got, 'a host name or an IP address: "smtp.example.com"', fix);

/** Shows line breaks and other control characters by their codes: a problem is read in a terminal. */
export const lineBreak = (got: string) =>
  error(
    "line-break",
    "The text contains a line break or another control character",
    got,
    "one line of text",
    "Remove it: it would end the header or the command that the value is written into. A block of text in HCL (<<EOT) ends in a line break.",
  );

export const noElement = (what: string): ValueProblem => ({
  code: "value/none",
  severity: "error",
  summary: `There is no ${what}`,
  got: "[]",
  expected: `at least one ${what}`,
  fix: `Name at least one ${what}, or remove the resource, which deletes the object.`,
});

function visible(value: string | AnyNumber): string {
  return typeof value === "string" ? cutShort(JSON.stringify(value), 200) : shownNumber(value);
}
