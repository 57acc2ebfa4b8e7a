import { compare } from "../../core/finding";
import { Redactor } from "../../core/redaction";
import { digestOf } from "../digest";
import { isObject, mask } from "../masking";
import { redactedTexts } from "../redacted-texts";

/**
 * Something besides the planned changes that decides what an apply does: which API a provider talks to, what a
 * provisioner runs, which actions are invoked, where the state is stored.
 */
export interface Binding {
  readonly kind: BindingKind;
  /** "provider outbound", "null_resource.hook: local-exec" */
  readonly name: string;
  /** `sha256:…` over everything that decides, with secrets masked and paths relative to the project. */
  readonly digest: string;
  /** What a reviewer has to see of it, secrets masked; empty where the digest is enough. */
  readonly lines: readonly string[];
}

/** In the order in which they are shown: first those that no rule can judge. */
export const BINDING_KINDS = [
  "provisioner",
  "action",
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

/** Removes secrets and differences between machines from a value. */
export class Normaliser {
  constructor(
    /** The project's directory: CDKTF writes absolute paths, which differ between checkouts. */
    private readonly root: string,
    private readonly redactor: Redactor = new Redactor(),
  ) {}

  /** Masks secrets by their marks, names and values, and makes absolute paths below the project relative. */
  value(value: unknown, sensitive?: unknown): unknown {
    const masked = mask(this.relative(value), { sensitive }, this.redactor);
    return mapTexts(redactedTexts(masked, this.redactor), (one) => (typeof one === "symbol" ? one.description : one));
  }

  text(text: string): string {
    return this.redactor.redact(text.replaceAll(`${this.root}/`, "./"));
  }

  /** A reference to a secret is no secret: it is set apart until texts are masked. */
  private relative(value: unknown): unknown {
    return mapTexts(value, (text) => {
      if (typeof text === "symbol") return text;
      return REFERENCE.test(text) ? Symbol(text) : text.replaceAll(`${this.root}/`, "./");
    });
  }
}

/** A text that is nothing but a reference, `${var.smtp_password}`: a literal beside it may be the secret. */
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
