import * as z from "../../../core/zod";
import { simulatorOptions } from "../../kit/simulator/options";
import type { SimulatorWorld } from "../../kit/simulator/simulation";

const integration = z.strictObject({
  name: z.string(),
  type: z.string(),
  /** The variables that are set to "Specify value in escalation level". */
  variables: z._default(z.array(z.string()), []),
});

const monitor = z.strictObject({
  name: z.string(),
  /** The monitor groups that contain it, besides the one of all monitors. */
  groups: z._default(z.array(z.string()), []),
});

const operator = z.strictObject({
  /** The full name. */
  name: z.string(),
  email: z.string(),
  /** The operator groups that contain it, besides the one of everyone. */
  groups: z._default(z.array(z.string()), []),
});

/**
 * The options of the simulated Uptrends, `world.options.uptrends`: each plausible behaviour where the vendor documents none.
 */
const options = z.strictObject({
  username: z._default(z.string(), "9d9f60d1a54ceb34afaf47b3abebde47"),
  password: z._default(z.string(), "sandbox-uptrends-password"),
  /** The number of levels of each definition; the account determines it. */
  levels: z._default(z.int(), 3),
  /** Made by hand: the API has no call for it. */
  integrations: z._default(z.array(integration), [
    { name: "Email", type: "Email", variables: [] },
    { name: "Phone", type: "Phone", variables: [] },
    { name: "AlertOps - prod", type: "GenericWebhook", variables: ["ApiUrl"] },
  ]),
  /** The monitors, made by hand. */
  monitors: z._default(z.array(monitor), [
    { name: "Shop", groups: ["Production"] },
    { name: "Shop API", groups: ["Production"] },
    { name: "Intranet", groups: [] },
  ]),
  /** The operators, made by hand. */
  operators: z._default(z.array(operator), [
    { name: "Jane Doe", email: "jane.doe@example.com", groups: ["NOC"] },
    { name: "John Doe", email: "john.doe@example.com", groups: [] },
  ]),
  /** The answer to a second POST of a member: not documented. */
  memberTwice: z._default(z.enum(["refused", "accepted"]), "refused"),
  /** What a GET returns of the values of variables. */
  variables: z._default(z.enum(["shown", "masked", "omitted"]), "shown"),
  /** Whether an edit in the user interface changes the hash of an attachment. */
  hashes: z._default(z.boolean(), true),
  /**
   * Whether a definition is refused when another has its name. The interface identifies definitions by their GUID only and
   * mentions no such rule, so not by default. An integration can be on a level once, whatever this says.
   */
  uniqueNames: z._default(z.boolean(), false),
  /** The status of a GET of a removed definition, and of its levels; 404 is not declared. */
  goneStatus: z._default(z.union([z.literal(400), z.literal(403), z.literal(404)]), 400),
  /** How many GETs after a write return the old state. */
  staleReads: z._default(z.int().check(z.gte(0)), 0),
  /** Answers 429 to every n-th request; 0: never. */
  throttleEvery: z._default(z.int().check(z.gte(0)), 0),
  /** Whether a 429 contains `Retry-After`. */
  retryAfter: z._default(z.boolean(), true),
});
export type UptrendsSimulatorOptions = z.output<typeof options>;

export function uptrendsOptions(world: Pick<SimulatorWorld, "options">): UptrendsSimulatorOptions {
  return simulatorOptions("uptrends", options, world);
}
