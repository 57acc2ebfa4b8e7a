import { MASK, type Redactor } from "../core/redaction";

/** Names of fields whose value is always secret. */
const SECRET_NAME =
  /pass(word|wd|phrase)?$|secret|^token$|(access|refresh|id|auth)[_-]?token$|api[_-]?(key|url)$|consumer[_-]?key$|credential/i;

/**
 * A copy of `value` that may be shown. Masked are: secret fields by name, values in pairs (`{ "name": "PASSWORD",
 * "value": … }`, as vROps and UiPath write settings), and everything that the redactor knows. Types stay the same, so
 * that a recorded request can still be checked against its contract.
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

/** Masks a form's body, which is text: `grant_type=client_credentials&client_secret=…`. */
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
