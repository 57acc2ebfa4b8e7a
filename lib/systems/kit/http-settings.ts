import { DEFAULT_LIMITS, LONGEST_SILENCE_MS, type HttpLimits } from "../../http/limits";
import { parseDuration } from "../../terraform-plugin/duration";
import { number, string, type Validator } from "../../terraform-plugin/schema";
import { isObject, isUnknown, type Value, type ValueObject } from "../../terraform-plugin/values";
import { duration } from "../../validators/duration";
import { integer } from "../../validators/integer";
import { durationTooLong } from "./problems/settings";

/**
 * The time-out and retries of the provider's HTTP clients: for all systems at the top of its block, for each system in that
 * one's object. This is the longest time-out.
 */

const LONGEST = "1h";
const MOST_RETRIES = 10;

const httpDuration: Validator<string> = {
  describes: `${duration.describes}, at most \`${LONGEST}\``,
  check: (text) =>
    duration.check(text) ??
    (parseDuration(text)! > parseDuration(LONGEST)! ? durationTooLong(text, LONGEST) : undefined),
};

const attributes = (timeout: string, retries: string) => ({
  http_timeout: string("optional", { description: timeout, validators: [httpDuration] }),
  max_retries: number("optional", { description: retries, validators: [integer({ min: 0, max: MOST_RETRIES })] }),
});

export type HttpAttributes = ReturnType<typeof attributes>;

/** `60s` */
export const DEFAULT_HTTP_TIMEOUT = `${DEFAULT_LIMITS.timeoutMs / 1000}s`;

/** The attributes that apply to all systems. */
export const sharedHttpAttributes: HttpAttributes = attributes(
  `How long a system may take to answer a request, each time it is asked. Default: \`${DEFAULT_HTTP_TIMEOUT}\`, unless a system's \`http_timeout\` says otherwise. \`timeouts\` of resources and data sources end the whole operation, whatever is left of this. ${elsewhere("http_timeout")}`,
  `How often a request is repeated that got no usable answer and may be repeated without harm. Waits between them grow, and are as long as the system asks for. Default: \`${DEFAULT_LIMITS.maxRetries}\`; then a system that has been silent for ${LONGEST_SILENCE_MS / 60_000} minutes is not asked again. ${elsewhere("max_retries")}`,
);

/**
 * The attributes in the block of one system.
 *
 * @param timeout the default, as a duration
 */
export const httpAttributesOf = (timeout = DEFAULT_HTTP_TIMEOUT): HttpAttributes =>
  attributes(
    `\`http_timeout\` for this system alone. Unset: that of the provider block, else \`${timeout}\`.`,
    `\`max_retries\` for this system alone. Unset: that of the provider block, else \`${DEFAULT_LIMITS.maxRetries}\`.`,
  );

export type HttpField = keyof HttpAttributes;

const FIELDS: readonly HttpField[] = ["http_timeout", "max_retries"];

/** The environment variable for all systems, `OUTBOUND_HTTP_TIMEOUT`, or for one, `VROPS_HTTP_TIMEOUT`. */
export function httpVariable(field: HttpField, system = "outbound"): string {
  return `${system}_${field}`.toUpperCase();
}

function elsewhere(field: HttpField): string {
  return `May come from the environment instead: \`${httpVariable(field)}\`.`;
}

/** The environment variables of each field, the most specific first. */
export const httpVariables = (system: string): Readonly<Record<HttpField, readonly string[]>> => ({
  http_timeout: [httpVariable("http_timeout", system), httpVariable("http_timeout")],
  max_retries: [httpVariable("max_retries", system), httpVariable("max_retries")],
});

/**
 * A system's object in a provider configuration, completed by what the top of the block sets for all systems. Null when
 * neither sets anything.
 */
export function systemBlock(config: ValueObject, system: string): Value {
  const own = config[system] ?? null;
  if (isUnknown(own)) return own;
  const shared = FIELDS.flatMap((field) => {
    const value = config[field] ?? null;
    return value === null || value === "" ? [] : [[field, value] as const];
  });
  if (shared.length === 0) return own;
  const said = Object.entries(isObject(own) ? own : {}).filter(([, value]) => value !== null && value !== "");
  return { ...Object.fromEntries(shared), ...Object.fromEntries(said) };
}

/** The HTTP client's limits from checked settings; what is not set has the client's default. */
export function httpLimits(settings: Readonly<Record<string, Value | undefined>>): HttpLimits {
  const { http_timeout: timeout, max_retries: retries } = settings;
  return {
    ...(typeof timeout === "string" && { timeoutMs: parseDuration(timeout)! }),
    ...(typeof retries === "number" && { maxRetries: retries }),
  };
}
