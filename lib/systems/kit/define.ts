import type { PlatformTestRequest, PlatformTestResult } from "../../core/platform-test";
import type { DataSource, EphemeralResource, Resource } from "../../terraform-plugin/resource";
import type { ResourceSchema, Schema } from "../../terraform-plugin/schema";
import type { Demonstration } from "./demonstration";
import type { InventorySource } from "./inventory";
import type { SettingsDeclaration, SettingsOf } from "./settings";
import type { CreateSimulator } from "./simulator/simulation";
import type { Survey } from "./survey";
import type { Runtime, System, SystemResource } from "./system";
import type { TopologyByType } from "./topology";
import type { VendorContract } from "./vendor-contract";
import type { ObjectWords } from "./words";

/** The reason why a system lacks what systems usually have; shown wherever it is missed. */
export interface None {
  readonly none: string;
}

/**
 * The definition of a system. The compiler requires every member without a default: documentation, tests, the demo and the
 * commands read it here and keep no lists of systems of their own.
 */
export interface SystemDefinition<Settings extends SettingsDeclaration, Client, Name extends string> {
  /** The provider's configuration attribute, and the word in `via`: "ovh", "vrops". */
  readonly name: Name;
  /** "OVHcloud API" */
  readonly title: string;
  /** The provider's nested attribute, the other sources of its fields, and the realm that they determine. */
  readonly settings: Settings;
  /** @see System.connect */
  connect(settings: SettingsOf<Settings>, runtime: Runtime): Promise<Client>;
  /** @see System.prepare @default nothing */
  prepare?(client: Client): void;
  /** @see System.checkLogin */
  readonly checkLogin: ((client: Client, signal: AbortSignal) => Promise<void>) | None;
  /** Made by {@link defineResource}. */
  readonly resources: readonly SystemResource[];
  /** Made by {@link defineDataSource}. @default none */
  readonly dataSources?: readonly DataSource[];
  /** Made by {@link defineEphemeral}. @default none */
  readonly ephemeralResources?: readonly EphemeralResource[];
  /** The platform's own test call: `outbound_test_email` runs it for each `via`. */
  readonly platformTest: PlatformTestCall<Client> | None;
  /** The meaning of its resources for the topology of alert mail. */
  readonly topology: TopologyByType | None;
  /** @see System.severities @default unknown, or the system has none */
  readonly severities?: readonly string[];
  /** The inventory of its existing objects, whoever made them. */
  readonly inventory: InventorySource<Client> | None;
  /** The vendor's descriptions of its API, against which the traffic of the acceptance tests is checked. */
  readonly contracts: readonly VendorContract[] | None;
  /** The survey of `outbound doctor --systems`: `async () => (await import("./survey")).survey`. */
  readonly survey: (() => Promise<Survey<Client, SettingsOf<Settings>>>) | None;
  /** How the demo shows the system at work. */
  readonly demonstration: Demonstration;
  /** `async () => (await import("./simulator")).createAcmeSimulator`: the build leaves out a module of this name. */
  simulator(): Promise<CreateSimulator>;
}

/** A test call, and whether a scheduled check may make it. */
export interface PlatformTestCall<Client> {
  call(client: Client, request: PlatformTestRequest): Promise<PlatformTestResult>;
  /** "yes" where it mails the declared receivers and nobody else; otherwise whom it would disturb, as a sentence. */
  readonly unattended: "yes" | { readonly no: string };
}

/** The facts about a resource besides its schema and its handlers. */
export interface ResourceFacts {
  /** The words for its objects, and their import id. */
  readonly words: ObjectWords;
  /**
   * The file in `examples/` that declares one as part of a complete program: `uipath-mail/main.ts`. The example of its
   * reference page stands beside the others, `examples/resources/<type>/resource.tf` and `.ts`; without it `npm run docs`
   * fails.
   */
  readonly example: string;
}

/** Assembles a system; this is the only place that erases the types of its handlers. */
export function defineSystem<Settings extends SettingsDeclaration, Client, Name extends string>(
  definition: SystemDefinition<Settings, Client, Name>,
): System<Settings, Client, Name> {
  const { checkLogin, platformTest, topology, inventory, contracts, survey, ...rest } = definition;
  return {
    dataSources: [],
    ...rest,
    ...("none" in checkLogin ? {} : { checkLogin }),
    ...("none" in platformTest ? {} : testOf(platformTest)),
    ...(isNone(topology) ? {} : { topology }),
    ...("none" in inventory ? {} : { inventory }),
    contracts: "none" in contracts ? [] : contracts,
    ...("none" in survey ? {} : { survey }),
    lacks: {
      platformTest: reasonOf(platformTest),
      topology: isNone(topology) ? topology.none : undefined,
      inventory: reasonOf(inventory),
      contracts: reasonOf(contracts),
      survey: reasonOf(survey),
    },
  };
}

const testOf = <Client>({ call, unattended }: PlatformTestCall<Client>) => ({
  platformTest: (client: Client, request: PlatformTestRequest) => call(client, request),
  ...(unattended === "yes" ? {} : { testDisturbs: unattended.no }),
});

/** Adds the required facts to a resource. */
export function defineResource<S extends ResourceSchema, Client>(
  resource: Resource<S, Client>,
  facts: ResourceFacts,
): SystemResource {
  // The engine gives each handler the client of its system and values of its schema.
  return { ...(resource as unknown as Resource), ...facts };
}

export function defineDataSource<S extends Schema, Client>(source: DataSource<S, Client>): DataSource {
  // The same holds for data sources.
  return source as unknown as DataSource;
}

export function defineEphemeral<S extends Schema, Client>(resource: EphemeralResource<S, Client>): EphemeralResource {
  // The same holds for ephemeral resources.
  return resource as unknown as EphemeralResource;
}

/** A topology is a record by resource type, and no type is called `none`. */
const isNone = (topology: TopologyByType | None): topology is None => typeof topology["none"] === "string";

const reasonOf = (part: object): string | undefined => ("none" in part ? String(part.none) : undefined);
