import { ProblemError, type Problem } from "../../core/problem";
import { messageOf } from "../../core/thrown";
import type { Context, Resource } from "../../terraform-plugin/resource";
import { isDeclared, NOT_FACTS } from "../../terraform-plugin/declared-values";
import type { Attributes, ResourceSchema, Schema, StateOf } from "../../terraform-plugin/schema";
import type { Value, ValueObject } from "../../terraform-plugin/values";

/** What a system holds, whoever made it: collection by collection, each listed or honestly unknown. */
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

/** Not the same as empty: nobody could look. */
export interface UnknownCollection extends CollectionName {
  readonly unknown: string;
  /** The same as the system's own problems, where it has told some. */
  readonly because?: readonly Problem[];
  /** True when the login was never meant to see it, so that not knowing is no failure. @default false */
  readonly outOfReach?: boolean;
}

/** One object as the resource would read it after an import. */
export interface InventoryItem {
  readonly type: string;
  readonly importId: string;
  /** What people call it; names the construct. */
  readonly name: string;
  /** What has to be declared so that a plan after the import is empty: no computed values, no defaults, no secrets. */
  readonly attributes: ValueObject;
  /** What the system does not show, and somebody has to supply. */
  readonly secrets: readonly NeededSecret[];
  /** Addresses that alerts reach through it. */
  readonly receivers: readonly string[];
  /** True when it comes with something else, so that leaving it unmanaged is no gap. @default false */
  readonly builtIn?: boolean;
  /** Why nobody will hear of an alert by it as it is, or why that is not known; one line. @default nothing is wrong with it */
  readonly warning?: string;
}

export interface NeededSecret {
  /** The write-only attribute. */
  readonly attribute: string;
  /** The key in it, when it is a map. */
  readonly key?: string;
  /** "the password of alerts at smtp.example.com" */
  readonly purpose: string;
}

/** What a system cannot enumerate itself, such as the services of an account: named by the user or taken from code. */
export interface Places {
  /** The command-line option: `ovh-service`. */
  readonly option: string;
  /** "pcc-192-0-2-10" */
  readonly example: string;
  /** Names them instead of the option, separated by commas: `OUTBOUND_OVH_SERVICES`. */
  readonly variable: string;
  /** The attribute that says in code where an object is. */
  readonly attribute: string;
  readonly describes: string;
}

export interface InventoryContext extends Omit<Context<never>, "client"> {
  /** The only type that is asked for: collections of others are not looked at, and come out empty. @default all */
  readonly only?: string;
}

/** How a system's inventory is taken. Reads only. */
export interface InventorySource<Client> {
  readonly places?: Places;
  /** @param places by {@link InventorySource.places}; empty when the system has none */
  list(client: Client, places: readonly string[], context: InventoryContext): Promise<Inventory>;
}

/** Lists a collection; whatever goes wrong (above all a refusal) makes it unknown, never empty. */
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

/** One line: what happened, and the vendor's words. */
export function reasonFor(error: unknown): string {
  if (!(error instanceof ProblemError)) return messageOf(error);
  const [problem] = error.problems;
  return [problem?.summary, problem?.evidence].filter((part) => part).join(": ");
}

/**
 * The object as its resource reads it right after an import, so that what is declared from it is what a plan compares
 * with. Undefined when it has gone in between.
 */
export async function itemOf<S extends ResourceSchema, Client>(
  resource: Resource<S, Client>,
  client: Client,
  importId: string,
  telling: (state: ValueObject) => Telling,
  context: InventoryContext,
): Promise<InventoryItem | undefined> {
  const { schema } = resource;
  const full: Context<Client> = { ...context, client };
  const nothing = Object.fromEntries(Object.keys(schema.attributes).map((name) => [name, null]));
  const told = resource.import === undefined ? { id: importId } : await resource.import(importId, full);
  // Its own attributes, all null but for those that it has told itself; that its schema has just these, no type can say.
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

type Telling = Pick<InventoryItem, "name"> &
  Partial<Pick<InventoryItem, "secrets" | "receivers" | "builtIn" | "warning">>;

/** Of a state, what a user would write down. */
function declarable(attributes: Attributes, state: ValueObject): ValueObject {
  return Object.fromEntries(
    Object.entries(attributes).flatMap(([name, attribute]): [string, Value][] => {
      const value = state[name] ?? null;
      return NOT_FACTS.has(name) || !isDeclared(attribute, value) ? [] : [[name, value]];
    }),
  );
}

/** The password of an SMTP server, where there is a login. */
export function smtpPassword({ username, smtp_host: host }: ValueObject): NeededSecret[] {
  if (typeof username !== "string") return [];
  return [{ attribute: "password_wo", purpose: `the password of ${username} at ${String(host)}` }];
}
