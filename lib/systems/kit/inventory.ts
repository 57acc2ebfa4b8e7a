import { ProblemError, type Problem } from "../../core/problem";
import { messageOf } from "../../core/thrown";
import type { Context, Resource } from "../../terraform-plugin/resource";
import { isDeclared, NOT_FACTS } from "../../terraform-plugin/declared-values";
import type { Attributes, ResourceSchema, Schema, StateOf } from "../../terraform-plugin/schema";
import type { Value, ValueObject } from "../../terraform-plugin/values";

/** The existing objects of a system, whoever made them: each collection is listed or unknown. */
export type Inventory = readonly Collection[];

export type Collection = ListedCollection | UnknownCollection;

interface CollectionName {
  /** The resource type that would manage its objects. */
  readonly type: string;
  /** For people, in the plural: "flows of pcc-192-0-2-10". */
  readonly title: string;
}

export interface ListedCollection extends CollectionName {
  readonly items: readonly InventoryItem[];
}

/** A collection that could not be listed, which is not the same as empty. */
export interface UnknownCollection extends CollectionName {
  readonly unknown: string;
  /** The system's own problems as the reason, where it reported some. */
  readonly because?: readonly Problem[];
  /** Whether the login is not meant to see it, so that not knowing is no failure. @default false */
  readonly outOfReach?: boolean;
}

/** One object as the resource would read it after an import. */
export interface InventoryItem {
  readonly type: string;
  readonly importId: string;
  /** The name that people use; it also names the construct. */
  readonly name: string;
  /** The attributes to declare for an empty plan after the import: no computed values, no defaults, no secrets. */
  readonly attributes: ValueObject;
  /** The secrets that the system does not show, and that somebody has to supply. */
  readonly secrets: readonly NeededSecret[];
  /** Addresses that alerts reach through it. */
  readonly receivers: readonly string[];
  /** Whether it comes with something else, so that leaving it unmanaged is no gap. @default false */
  readonly builtIn?: boolean;
  /**
   * Why nobody receives alerts through it in its present state, or why that is not known; one line.
   *
   * @default nothing is wrong with it
   */
  readonly warning?: string;
}

export interface NeededSecret {
  /** The write-only attribute. */
  readonly attribute: string;
  /** The key in the attribute, when that is a map. */
  readonly key?: string;
  /** "the password of alerts at smtp.example.com" */
  readonly purpose: string;
}

/**
 * Places that the system cannot enumerate itself, such as the services of an account: named by the user or taken from code.
 */
export interface Places {
  /** The command-line option: `ovh-service`. */
  readonly option: string;
  /** "pcc-192-0-2-10" */
  readonly example: string;
  /** The environment variable that replaces the option, with commas between the names: `OUTBOUND_OVH_SERVICES`. */
  readonly variable: string;
  /** The attribute that holds the place of a declared object. */
  readonly attribute: string;
  readonly describes: string;
}

export interface InventoryContext extends Omit<Context<never>, "client"> {
  /** The only type to list: collections of others are skipped, and come out empty. @default all */
  readonly only?: string;
}

/** Takes a system's inventory. Reads only. */
export interface InventorySource<Client> {
  readonly places?: Places;
  /** @param places by {@link InventorySource.places}; empty when the system has none */
  list(client: Client, places: readonly string[], context: InventoryContext): Promise<Inventory>;
}

/** Lists a collection; any failure (above all a refusal) makes it unknown, never empty. */
export async function collection(
  { type }: Pick<Schema, "type">,
  title: string,
  { signal, only = type }: Pick<InventoryContext, "signal" | "only">,
  list: () => Promise<readonly (InventoryItem | undefined)[]>,
): Promise<Collection> {
  if (only !== type) return { type, title, items: [] };
  try {
    return { type, title, items: (await list()).filter((item) => item !== undefined) };
  } catch (error) {
    signal.throwIfAborted();
    const because = error instanceof ProblemError ? { because: error.problems } : {};
    return { type, title, unknown: reasonFor(error), ...because };
  }
}

/** The reason in one line: the summary, and the vendor's words. */
export function reasonFor(error: unknown): string {
  if (!(error instanceof ProblemError)) return messageOf(error);
  const [problem] = error.problems;
  return [problem?.summary, problem?.evidence].filter((part) => part).join(": ");
}

/**
 * The object as its resource reads it right after an import, so that the generated declaration matches the next plan.
 * Undefined when the object has been deleted meanwhile.
 */
export async function itemOf<S extends ResourceSchema, Client>(
  resource: Resource<S, Client>,
  client: Client,
  importId: string,
  telling: (state: ValueObject) => ItemDetails,
  context: InventoryContext,
): Promise<InventoryItem | undefined> {
  const { schema } = resource;
  const full: Context<Client> = { ...context, client };
  const nothing = Object.fromEntries(Object.keys(schema.attributes).map((name) => [name, null]));
  const told = resource.import === undefined ? { id: importId } : await resource.import(importId, full);
  // Its own attributes, all null except those that its import id determines; no type can express that its schema has exactly
  // these.
  const prior = { ...nothing, ...told } as unknown as StateOf<S>;
  const state = (await resource.read({ prior, private: {}, imported: true }, full)) as ValueObject | null;
  if (state === null) return undefined;
  return {
    type: schema.type,
    importId,
    attributes: declarable(schema.attributes, state),
    secrets: [],
    receivers: [],
    ...telling(state),
  };
}

type ItemDetails = Pick<InventoryItem, "name"> &
  Partial<Pick<InventoryItem, "secrets" | "receivers" | "builtIn" | "warning">>;

/** The values of a state that a user would declare. */
function declarable(attributes: Attributes, state: ValueObject): ValueObject {
  return Object.fromEntries(
    Object.entries(attributes).flatMap(([name, attribute]): [string, Value][] => {
      const value = state[name] ?? null;
      return NOT_FACTS.has(name) || !isDeclared(attribute, value) ? [] : [[name, value]];
    }),
  );
}

/** The password of an SMTP server as a needed secret, where there is a login. */
export function smtpPassword({ username, smtp_host: host }: ValueObject): NeededSecret[] {
  if (typeof username !== "string") return [];
  return [{ attribute: "password_wo", purpose: `the password of ${username} at ${String(host)}` }];
}
