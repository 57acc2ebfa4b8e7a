import type { Prose } from "../../core/prose";
import { printable } from "../../core/printable";
import { written, type Problem, type Written } from "../../core/problem";
import { identityOf, type Schema } from "../../terraform-plugin/schema";

/** The names of a system. The standard problems (`kit/problems`) consist of these and {@link ObjectWords}. */
export interface SystemWords {
  /** The name of its attribute in the provider, and the prefix of its problem codes: `vrops`. */
  readonly name: string;
  /** In a sentence: "vROps". */
  readonly title: string;
}

/** Names, for a time-out, what a shared reading was waiting for. */
export const sharedReading = ({ name, title }: SystemWords): string =>
  `${title} had not answered yet; one reading serves all resources of a run. \`${name}.http_timeout\` and \`${name}.max_retries\` say how long it may keep them waiting, \`timeouts.read\` how long each of them waits.`;

/** The advice for an API that refuses or answers in an unexpected form. Each is one or two sentences in the user's words. */
export interface ApiWords extends SystemWords {
  readonly login: {
    /** The refused credential: "the API key", "the user name or the password". */
    readonly credential: string;
    /** The field of the provider's attribute that holds it: `api_key`. */
    readonly setting: string;
    /** The settings (and variables) to check. */
    readonly fix: string | Prose;
  };
  /** The required permission, and where it is granted. */
  readonly rights: string;
  /** The expected target of the address: "Check that alertops.url leads to the AlertOps API (https://api.alertops.com)." */
  readonly address: string;
}

/** The words for the objects of one resource type. Made by {@link objectWords}. */
export interface ObjectWords {
  readonly system: SystemWords;
  /** `outbound_vrops_email_plugin` */
  readonly type: string;
  /** The kind in a sentence, in the singular: "e-mail plugin". */
  readonly kind: string;
  /** The attribute that identifies the object; problems point at it. Undefined when there is only one. */
  readonly identifiedBy: string | undefined;
  /** How a name follows the kind: in quotes, or as the phrase it is ("to 192.0.2.1:587", "of the tenant Prod"). */
  readonly naming: "quoted" | "phrase";
  /** Where people find it: "Integrations, Inbound Integrations". */
  readonly where: string;
  /** The import id for `terraform import`; where nothing can be read, what to do instead. */
  readonly importId: ImportId | { readonly none: string };
  /** Whether the resource has the attribute `adopt_existing`. */
  readonly adoptExisting: boolean;
  /** Whether a destroy restores an object that existed before, instead of deleting it. */
  readonly givesBack: boolean;
}

export interface ImportId {
  /** "its number", "<service_name>/<flow_id>" */
  readonly form: string;
  /** The call of the vendor's API that shows it, in Markdown: "`GET /odata/Webhooks`, as `Id`". */
  readonly shownBy: string;
  /** For the problem of a wrong id and for the reference documentation. */
  readonly example: string;
}

/** One object: its name for people, and its import id, as far as they are known. */
export interface ObjectRef {
  readonly name?: string | null | undefined;
  readonly id?: string | number | null | undefined;
}

/**
 * The words for the objects of one resource.
 *
 * ```ts
 * export const webhookWords = objectWords(uipathWords, webhookSchema, {
 *   kind: "webhook",
 *   where: "Tenant, Webhooks",
 *   importId: { form: "its number", shownBy: "`GET /odata/Webhooks`, as `Id`", example: "42" },
 * });
 * ```
 */
export function objectWords<S extends Pick<Schema, "type" | "attributes" | "identity">>(
  system: SystemWords,
  schema: S,
  words: Pick<ObjectWords, "kind" | "where" | "importId"> & {
    /** @default the last attribute of the schema's identity */
    readonly identifiedBy?: keyof S["attributes"] & string;
    /** @default "quoted" */
    readonly naming?: ObjectWords["naming"];
    /** @default false */
    readonly givesBack?: boolean;
  },
): ObjectWords {
  const { type, attributes } = schema;
  return {
    identifiedBy: identityOf(schema)?.attributes.at(-1),
    naming: "quoted",
    givesBack: false,
    ...words,
    system,
    type,
    adoptExisting: "adopt_existing" in attributes,
  };
}

/** Names an object: `the e-mail plugin "Prod SMTP" (id 42)`. */
export const theObject = (words: ObjectWords, ref: ObjectRef) => `the ${nounOf(words, ref)}`;

/** Capitalises a text for the beginning of a sentence. */
export const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** The kind with its article: `an e-mail plugin`, `a webhook`. */
export const anObject = ({ kind }: ObjectWords) => `${/^[aeiou]/i.test(kind) ? "an" : "a"} ${kind}`;

/** Quotes a foreign text for display. */
export const quoted = (text: string) => JSON.stringify(printable(text));

function nounOf({ kind, naming }: ObjectWords, { name, id }: ObjectRef): string {
  const named = !name ? "" : ` ${naming === "phrase" ? printable(name) : quoted(name)}`;
  // Where the id is the name, or there is nothing to distinguish, repeating it helps nobody.
  const numbered =
    id === undefined || id === null || id === "" || String(id) === name ? "" : ` (id ${printable(String(id))})`;
  return kind + named + numbered;
}

export type Facts = Omit<Written, "code" | "severity">;

/** An error of a system, its code prefixed by the system's name. */
export const systemError = ({ name }: SystemWords, code: string, facts: Facts): Problem =>
  written({ code: `${name}/${code}`, severity: "error", ...facts });

/** A warning of a system, its code prefixed by the system's name. */
export const systemWarning = ({ name }: SystemWords, code: string, facts: Facts): Problem =>
  written({ code: `${name}/${code}`, severity: "warning", ...facts });
