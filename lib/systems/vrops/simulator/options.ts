import * as z from "../../../core/zod";
import { simulatorOptions } from "../../kit/simulator/options";
import type { SimulatorWorld } from "../../kit/simulator/simulation";
import { SOURCE_TYPES } from "./auth-sources";
import { RULE_PROPERTY_FORMS } from "./rule-properties";
import { CERTIFICATE_FORMS } from "./smtp-certificate";

export const VERSIONS = ["8.10", "8.18.3", "9.0", "9.1"] as const;
export type ImitatedVersion = (typeof VERSIONS)[number];

/** The options of the simulated vROps: `world.options.vrops`. */
const options = z.strictObject({
  /** The hosting service whose open flows are this vROps' way out. */
  service: z._default(z.string(), "pcc-192-0-2-10"),
  version: z._default(z.enum(VERSIONS), "9.1"),
  username: z._default(z.string(), "admin"),
  password: z._default(z.string(), "sandbox-vrops-password"),
  /** The sources of users besides the local accounts; `auth-sources.ts` lists what each type accepts. */
  authSources: z._default(z.array(z.strictObject({ name: z.string(), type: z.enum(SOURCE_TYPES) })), [
    { name: "corp", type: "ACTIVE_DIRECTORY" },
    { name: "All vCenters", type: "VC_GROUP" },
    { name: "Workspace ONE", type: "VIDM" },
    { name: "VCF SSO", type: "VIDB" },
  ]),
  /** The source of the account. If omitted: a local one. */
  userSource: z.optional(z.string()),
  /**
   * Whether the sources are listed without a login, as the interface description says; a hardened installation may refuse.
   */
  listsSources: z._default(z.boolean(), true),
  /**
   * How e-mail plugins keep a login: "settings" takes user name and password like 8.x; "objects" ignores them, knows only
   * credentials made by hand, and describes the type accordingly; "objects-untold" ignores them and describes the type as
   * before. The behaviour of 9.x is not known.
   */
  credentials: z._default(z.enum(["settings", "objects", "objects-untold"]), "settings"),
  /**
   * How an untrusted certificate is shown: "sha1" uses its digest as the handle; the others a new GUID each time, with the
   * certificate in `certificateDetails`, as PEM in `certificate`, or not at all. The vendor's documents contradict each
   * other.
   */
  certificates: z._default(z.enum(CERTIFICATE_FORMS), "sha1"),
  /**
   * The description of rule properties in the type of e-mail: "basic" has receivers and repeats; "named" has Cc, Bcc and a
   * description with self-explanatory keys, "described" with keys that only their descriptions explain. The vendor publishes
   * no names for them.
   *
   * @default basic in 8.x, named in 9.x
   */
  ruleProperties: z.optional(z.enum(RULE_PROPERTY_FORMS)),
  /** What a GET returns of a stored secret; not documented. */
  secretReadBack: z._default(z.enum(["omitted", "masked", "echoed"]), "omitted"),
  /** What an update without the secret does to it; not documented either. */
  omittedSecret: z._default(z.enum(["dropped", "kept"]), "dropped"),
  /**
   * Whether a plugin or a rule is refused when another of its kind has the name. The interface description documents this
   * for HTTP proxies only, hence not by default; whoever searches for a plugin by its name expects a single one.
   */
  uniqueNames: z._default(z.boolean(), false),
  /** The life of an unused token in minutes; every call restarts it. */
  tokenMinutes: z._default(z.number().check(z.positive()), 360),
  /** PEM of the authority that this vROps trusts for mail servers, besides the well-known ones. */
  mailCa: z.optional(z.string()),
  /** Names that this vROps resolves by itself, name to IPv4 address; for others it asks the real DNS. */
  hosts: z._default(z.record(z.string(), z.string()), {}),
  /** Alert definitions that exist besides the built-in ones. */
  alertDefinitions: z._default(z.array(z.string()), []),
  /** How long packets are dropped before "connect timed out", in milliseconds. */
  connectTimeoutMs: z._default(z.number().check(z.gte(0)), 300),
});
export type VropsSimulatorOptions = z.output<typeof options>;

export function vropsOptions(world: Pick<SimulatorWorld, "options">): VropsSimulatorOptions {
  return simulatorOptions("vrops", options, world);
}

/** The description of rule properties that this vROps has. */
export const rulePropertyForm = ({ ruleProperties, version }: VropsSimulatorOptions) =>
  ruleProperties ?? (version.startsWith("8.") ? "basic" : "named");

/** The differences between 8.x and 9.x; all code that depends on the version uses these. */
export function traits(version: ImitatedVersion) {
  const eight = version.startsWith("8.");
  return {
    hasVersionLock: eight,
    hasDependencyCheck: !eight,
    hasTestRoute: version !== "8.10",
    honoursReceiverAddress: version === "9.1",
    knowsRuleSwitch: version !== "8.10",
    acceptsOpsToken: !eight,
    staleVersionStatus: version === "8.10" ? 500 : 409,
    /** 9.x answers for an unknown object like for any invalid value. */
    unknownPluginStatus: eight ? 404 : 400,
  };
}

const RELEASES: Record<ImitatedVersion, { releaseName: string; major: number; minor: number }> = {
  "8.10": { releaseName: "VMware vRealize Operations 8.10.0", major: 1, minor: 35 },
  "8.18.3": { releaseName: "VMware Aria Operations 8.18.3", major: 1, minor: 73 },
  "9.0": { releaseName: "VCF Operations 9.0.0.0", major: 2, minor: 0 },
  "9.1": { releaseName: "VCF Operations 9.1.0.0", major: 9, minor: 1 },
};

/** The answer to GET /api/versions: the release, and earlier ones whose API it still supports. */
export function releases(version: ImitatedVersion) {
  const known = VERSIONS.slice(0, VERSIONS.indexOf(version) + 1);
  return { values: known.reverse().map((one) => release(one)) };
}

/** The answer to GET /api/versions/current: before 9.1, major and minor were those of the API. */
export function release(version: ImitatedVersion) {
  return {
    ...RELEASES[version],
    minorMinor: 0,
    // Only 9.0 returns no patch.
    ...(version === "9.0" ? {} : { patch: 0 }),
    releasedDate: 1_738_267_200_000,
    humanlyReadableReleaseDate: "Thursday, January 30, 2025 at 12:00:00 PM Pacific Standard Time",
    description: null,
  };
}
