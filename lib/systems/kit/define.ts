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

/** Why a system lacks what systems usually have; shown wherever it is missed. */
export interface None {
  readonly none: string;
}

/**
 * Everything that a system owes. What has no default is asked for by the compiler: documentation, tests, the demo and the
 * commands read it here and keep no lists of systems of their own.
 */
export interface SystemDefinition<Settings extends SettingsDeclaration, Client, Name extends string> {
  /** The provider's configuration attribute, and the word in `via`: "ovh", "vrops". */
  readonly name: Name;
  /** "OVHcloud API" */
  readonly title: string;
  /** The provider's nested attribute, where else its fields may come from, and the place that it tells. */
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
  /** What its resources mean for the way of the alerts. */
  readonly topology: TopologyByType | None;
  /** @see System.severities @default it has no such words, or nobody knows them */
  readonly severities?: readonly string[];
  /** What exists there, whoever made it. */
  readonly inventory: InventorySource<Client> | None;
  /** The vendor's descriptions of its API, which all that is said in the acceptance tests is held against. */
  readonly contracts: readonly VendorContract[] | None;
  /** What `outbound doctor --systems` reads: `async () => (await import("./survey")).survey`. */
  readonly survey: (() => Promise<Survey<Client, SettingsOf<Settings>>>) | None;
  /** How the demo shows it. */
  readonly demonstration: Demonstration;
  /** `async () => (await import("./simulator")).createAcmeSimulator`: the build leaves out a module of this name. */
  simulator(): Promise<CreateSimulator>;
}

/** A test call, and whether a check on a schedule may make it. */
export interface PlatformTestCall<Client> {
  call(client: Client, request: PlatformTestRequest): Promise<PlatformTestResult>;
  /** Yes where it mails the declared receivers and nobody else; otherwise whom it would disturb, as a sentence. */
  readonly unattended: "yes" | { readonly no: string };
}

/** What a resource owes besides its schema and its handlers. */
export interface ResourceFacts {
  /** What its objects are called, and how they are imported. */
  readonly words: ObjectWords;
  /**
   * The file in `examples/` that declares one as part of a whole: `uipath-mail/main.ts`. The example of its reference page
   * stands beside the others, `examples/resources/<type>/resource.tf` and `.ts`; without it `npm run docs` fails.
   */
  readonly example: string;
}

/** Puts a system together; the types of its handlers are erased here and nowhere else. */
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

/** A resource with what it owes. */
export function defineResource<S extends ResourceSchema, Client>(
  resource: Resource<S, Client>,
  facts: ResourceFacts,
): SystemResource {
  // The engine hands each handler the client of its system and values of its schema.
  return { ...(resource as unknown as Resource), ...facts };
}

export function defineDataSource<S extends Schema, Client>(source: DataSource<S, Client>): DataSource {
  // As above.
  return source as unknown as DataSource;
}

export function defineEphemeral<S extends Schema, Client>(resource: EphemeralResource<S, Client>): EphemeralResource {
  // As above.
  return resource as unknown as EphemeralResource;
}

/** A topology is a record by resource type, none of which is called `none`. */
const isNone = (topology: TopologyByType | None): topology is None => typeof topology["none"] === "string";

const reasonOf = (part: object): string | undefined => ("none" in part ? String(part.none) : undefined);
