import * as z from "../../../core/zod";
import { simulatorOptions } from "../../kit/simulator/options";
import type { SimulatorWorld } from "../../kit/simulator/simulation";
import { SOURCE_TYPES } from "./auth-sources";
import { RULE_PROPERTY_FORMS } from "./rule-properties";
import { CERTIFICATE_FORMS } from "./smtp-certificate";

export const VERSIONS = ["8.10", "8.18.3", "9.0", "9.1"] as const;
export type ImitatedVersion = (typeof VERSIONS)[number];

/** What of the simulated vROps can be chosen: `world.options.vrops`. */
const options = z.strictObject({
  /** The hosting service whose open flows are this vROps' way out. */
  service: z._default(z.string(), "pcc-192-0-2-10"),
  version: z._default(z.enum(VERSIONS), "9.1"),
  username: z._default(z.string(), "admin"),
  password: z._default(z.string(), "sandbox-vrops-password"),
  /** Where users come from besides the local accounts; what each type takes, see `auth-sources.ts`. */
  authSources: z._default(z.array(z.strictObject({ name: z.string(), type: z.enum(SOURCE_TYPES) })), [
    { name: "corp", type: "ACTIVE_DIRECTORY" },
    { name: "All vCenters", type: "VC_GROUP" },
    { name: "Workspace ONE", type: "VIDM" },
    { name: "VCF SSO", type: "VIDB" },
  ]),
  /** Which of these the account belongs to. Left out: it is a local one. */
  userSource: z.optional(z.string()),
  /** Whether the sources are listed without a login, as the interface description says; a hardened one may refuse. */
  listsSources: z._default(z.boolean(), true),
  /**
   * Where e-mail plugins keep a login: "settings" takes user name and password as 8.x does; "objects" ignores them, knows
   * credentials by hand only and describes the type so; "objects-untold" ignores them and describes the type as before.
   * Which of these 9.x is nobody has shown.
   */
  credentials: z._default(z.enum(["settings", "objects", "objects-untold"]), "settings"),
  /**
   * How an untrusted certificate is shown: "sha1" calls it by its digest; the others by a new GUID each time, with the
   * certificate in `certificateDetails`, as PEM in `certificate`, or not at all. The vendor's documents contradict each other.
   */
  certificates: z._default(z.enum(CERTIFICATE_FORMS), "sha1"),
  /**
   * What the type of e-mail says of rules: "basic" knows receivers and repeats; "named" has Cc, Bcc and a description by
   * telling keys, "described" by keys that only their descriptions explain. The vendor publishes no names for them.
   *
   * @default basic in 8.x, named in 9.x
   */
  ruleProperties: z.optional(z.enum(RULE_PROPERTY_FORMS)),
  /** What a GET shows of a stored secret; the vendor does not document it. */
  secretReadBack: z._default(z.enum(["omitted", "masked", "echoed"]), "omitted"),
  /** What an update without the secret does to it; not documented either. */
  omittedSecret: z._default(z.enum(["dropped", "kept"]), "dropped"),
  /**
   * Whether a plugin or a rule is refused when another of its kind has the name. The interface description says so of
   * HTTP proxies only, hence not by default; whoever looks for a plugin by its name expects one.
   */
  uniqueNames: z._default(z.boolean(), false),
  /** Life of an unused token, minutes; every call begins it anew. */
  tokenMinutes: z._default(z.number().check(z.positive()), 360),
  /** PEM of the authority that this vROps trusts for mail servers, besides the well-known ones. */
  mailCa: z.optional(z.string()),
  /** Names this vROps resolves by itself, name to IPv4 address; others are asked of the real DNS. */
  hosts: z._default(z.record(z.string(), z.string()), {}),
  /** Alert definitions that exist besides the built-in ones. */
  alertDefinitions: z._default(z.array(z.string()), []),
  /** How long a packet is dropped before "connect timed out", milliseconds. */
  connectTimeoutMs: z._default(z.number().check(z.gte(0)), 300),
});
export type VropsSimulatorOptions = z.output<typeof options>;

export function vropsOptions(world: Pick<SimulatorWorld, "options">): VropsSimulatorOptions {
  return simulatorOptions("vrops", options, world);
}

/** What this vROps says of the properties of rules. */
export const rulePropertyForm = ({ ruleProperties, version }: VropsSimulatorOptions) =>
  ruleProperties ?? (version.startsWith("8.") ? "basic" : "named");

/** 8.x and 9.x differ in what they know; everything that asks for the version asks here. */
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
    /** 9.x answers for an unknown object as for any bad value. */
    unknownPluginStatus: eight ? 404 : 400,
  };
}

const RELEASES: Record<ImitatedVersion, { releaseName: string; major: number; minor: number }> = {
  "8.10": { releaseName: "VMware vRealize Operations 8.10.0", major: 1, minor: 35 },
  "8.18.3": { releaseName: "VMware Aria Operations 8.18.3", major: 1, minor: 73 },
  "9.0": { releaseName: "VCF Operations 9.0.0.0", major: 2, minor: 0 },
  "9.1": { releaseName: "VCF Operations 9.1.0.0", major: 9, minor: 1 },
};

/** The answer to GET /api/versions: the release, and those before it whose API it still speaks. */
export function releases(version: ImitatedVersion) {
  const known = VERSIONS.slice(0, VERSIONS.indexOf(version) + 1);
  return { values: known.reverse().map((one) => release(one)) };
}

/** The answer to GET /api/versions/current: before 9.1, major and minor were those of the API. */
export function release(version: ImitatedVersion) {
  return {
    ...RELEASES[version],
    minorMinor: 0,
    // 9.0, alone of all, tells no patch.
    ...(version === "9.0" ? {} : { patch: 0 }),
    releasedDate: 1_738_267_200_000,
    humanlyReadableReleaseDate: "Thursday, January 30, 2025 at 12:00:00 PM Pacific Standard Time",
    description: null,
  };
}
