import { compare } from "../../core/finding";
import { Redactor } from "../../core/redaction";
import { digestOf } from "../digest";
import { isObject, mask } from "../masking";
import { redactedTexts } from "../redacted-texts";

/**
 * Something besides the planned changes that decides what an apply does: whom a provider talks to, what a provisioner runs,
 * where the state lies.
 */
export interface Binding {
  readonly kind: BindingKind;
  /** "provider outbound", "null_resource.hook: local-exec" */
  readonly name: string;
  /** `sha256:…` over what decides, secrets masked, paths as seen from the project. */
  readonly digest: string;
  /** What a reviewer has to see of it, secrets masked; empty where the digest says enough. */
  readonly lines: readonly string[];
}

/** In the order in which they are shown: what no rule can judge first. */
export const BINDING_KINDS = [
  "provisioner",
  "command-line",
  "development",
  "provider",
  "endpoint",
  "backend",
  "executable",
  "lock",
  "variable",
  "configuration",
  "file",
] as const;
export type BindingKind = (typeof BINDING_KINDS)[number];

/** What makes the same thing look the same on every machine, and takes the secrets out of it. */
export class Normaliser {
  constructor(
    /** The project's directory: CDKTF writes absolute paths, which differ from checkout to checkout. */
    private readonly root: string,
    private readonly redactor: Redactor = new Redactor(),
  ) {}

  /** Secrets masked by their marks, names and values; absolute paths below the project made relative. */
  value(value: unknown, sensitive?: unknown): unknown {
    const masked = mask(this.relative(value), { sensitive }, this.redactor);
    return mapTexts(redactedTexts(masked, this.redactor), (one) => (typeof one === "symbol" ? one.description : one));
  }

  text(text: string): string {
    return this.redactor.redact(text.replaceAll(`${this.root}/`, "./"));
  }

  /** A reference to a secret is none: it is kept apart from texts until these are masked. */
  private relative(value: unknown): unknown {
    return mapTexts(value, (text) => {
      if (typeof text === "symbol") return text;
      return REFERENCE.test(text) ? Symbol(text) : text.replaceAll(`${this.root}/`, "./");
    });
  }
}

/** Nothing but a reference, `${var.smtp_password}`: where a literal stands beside it, that may be the secret. */
const REFERENCE = /^\$\{[a-z_][\w-]*(\.[\w-]+|\[[\d*]+\])+\}$/i;

function mapTexts(value: unknown, change: (text: string | symbol) => unknown): unknown {
  if (typeof value === "string" || typeof value === "symbol") return change(value);
  if (Array.isArray(value)) return value.map((one: unknown) => mapTexts(one, change));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, mapTexts(one, change)]));
}

/** `key = value` for each leaf, nested ones by their path. */
export function linesOf(value: unknown, path = ""): string[] {
  if (isObject(value) && Object.keys(value).length > 0) {
    return Object.keys(value)
      .sort(compare)
      .flatMap((key) => linesOf(value[key], path === "" ? key : `${path}.${key}`));
  }
  if (Array.isArray(value) && value.some(isObject)) {
    return value.flatMap((one: unknown, index) => linesOf(one, `${path}[${index}]`));
  }
  return value === undefined || value === null ? [] : [`${path} = ${JSON.stringify(value)}`];
}

export const binding = (kind: BindingKind, name: string, value: unknown, lines: readonly string[] = []): Binding => ({
  kind,
  name,
  digest: digestOf(value),
  lines,
});
