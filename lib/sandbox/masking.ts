import { MASK, type Redactor } from "../core/redaction";

/** Field names whose value is a secret whatever it is. */
const SECRET_NAME =
  /pass(word|wd|phrase)?$|secret|^token$|(access|refresh|id|auth)[_-]?token$|api[_-]?(key|url)$|consumer[_-]?key$|credential/i;

/**
 * A copy of `value` fit to be shown: secret fields are masked by name, and also the values that come
 * as pairs (`{ "name": "PASSWORD", "value": … }`, the way vROps and UiPath write settings); what the
 * redactor knows is masked wherever it stands. Types stay the same, so that a recorded request can
 * still be checked against its contract.
 */
export function masked(value: unknown, redactor: Redactor): unknown {
  if (typeof value === "string") return redactor.redact(value);
  if (Array.isArray(value)) return value.map((item) => masked(item, redactor));
  if (value === null || typeof value !== "object") return value;
  const pairName = namesASecret(value) ? /^value$/i : undefined;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) =>
      typeof field === "string" && field !== "" && (pairName?.test(name) || SECRET_NAME.test(name))
        ? [name, MASK]
        : [name, masked(field, redactor)],
    ),
  );
}

/** Form bodies reach us as text: `grant_type=client_credentials&client_secret=…`. */
export function maskedForm(text: string, redactor: Redactor): string {
  return redactor.redact(
    text.replace(/(^|&)([^=&]+)=([^&]*)/g, (pair, separator: string, name: string) =>
      SECRET_NAME.test(decodeURIComponent(name)) ? `${separator}${name}=${MASK}` : pair,
    ),
  );
}

function namesASecret(pair: object): boolean {
  const { name, identifier, key, Name } = pair as Record<string, unknown>;
  return [name, identifier, key, Name].some((word) => typeof word === "string" && SECRET_NAME.test(word));
}
