import { systemClock, type Clock } from "../../lib/core/clock";
import { Connections } from "../../lib/provider/connections";
import { outboundProvider } from "../../lib/provider/definition";
import { processRuntime } from "../../lib/provider/runtime";
import { startSandbox, type Sandbox } from "../../lib/sandbox";
import { systems } from "../../lib/systems";
import type { ProviderDefinition } from "../../lib/terraform-plugin/provider";
import type { Attributes } from "../../lib/terraform-plugin/schema";
import type { ValueObject } from "../../lib/terraform-plugin/values";
import type { Kind } from "../support/configuration-changes";
import { outboundKinds, ruleKind } from "../support/outbound-kinds";
import { seeded } from "../support/random";
import { TerraformCore, type Block, type Configuration } from "../support/terraform-core";
import { EFFECTS } from "./effects";
import { difference, foreignIn, settingsOf } from "./world";

/** A request that changes something: "vrops POST /suite-api/api/alertplugins", ids as `*`. */
export interface WriteRoute {
  readonly system: string;
  readonly method: string;
  readonly path: string;
}

/** What the sequences of changes leave out: a level is always there, and the settings of an organization are a tenant's again. */
const moreKinds: readonly Pick<Kind, "type" | "block">[] = [
  {
    type: "outbound_uptrends_escalation_level",
    block: (_name, detail) => ({
      type: "outbound_uptrends_escalation_level",
      values: { level: 1, threshold_error_count: detail === "one" ? 3 : 5 },
      references: { alert_definition_id: "outbound_uptrends_alert_definition.this" },
    }),
  },
  {
    type: "outbound_uipath_system_mail",
    block: (_name, detail) => ({
      type: "outbound_uipath_system_mail",
      values: { smtp_host: "203.0.113.25", smtp_port: 587, sender_address: `${detail}@example.com` },
    }),
  },
  {
    type: "outbound_vrops_plugin",
    block: (name, detail) => ({
      type: "outbound_vrops_plugin",
      values: {
        plugin_type_id: "Log File",
        name: `log ${name}`,
        config_values: { output_folder: `/var/log/${detail}` },
      },
    }),
  },
];

/** On the state page: integrations have a `guid`, the others an `id`. */
interface Named {
  readonly id?: string;
  readonly guid?: string;
  readonly name: string;
}

/** What can be a member of something, or be attached to it, was made by hand: its ids are of this world only. */
function uptrendsChildren(sandbox: Sandbox): typeof moreKinds {
  // Any system's state is `unknown`; `idOf` fails when it has another shape.
  const made = sandbox.state().systems["uptrends"] as Readonly<Record<string, readonly Named[]>>;
  const idOf = (list: string, name: string): string => {
    const found = made[list]?.find((one) => one.name === name);
    const id = found?.id ?? found?.guid;
    if (id === undefined) throw new Error(`The simulated Uptrends has nothing called ${name} among its ${list}.`);
    return id;
  };
  const of = { alert_definition_id: "outbound_uptrends_alert_definition.this" };
  return [
    {
      type: "outbound_uptrends_alert_definition_member",
      block: (_name, detail) => ({
        type: "outbound_uptrends_alert_definition_member",
        values: { monitor_id: idOf("monitors", detail === "one" ? "Shop" : "Intranet") },
        references: of,
      }),
    },
    {
      type: "outbound_uptrends_escalation_level_member",
      block: (_name, detail) => ({
        type: "outbound_uptrends_escalation_level_member",
        values: { level: 1, operator_id: idOf("operators", detail === "one" ? "Jane Doe" : "John Doe") },
        references: of,
      }),
    },
    {
      type: "outbound_uptrends_integration_attachment",
      block: (_name, detail) => ({
        type: "outbound_uptrends_integration_attachment",
        values: {
          level: 1,
          integration_id: idOf("integrations", "Email"),
          extra_email_addresses: [`${detail}@example.com`],
        },
        references: of,
      }),
    },
  ];
}

/** One life: what is declared first, then changed, then destroyed. */
const LIFE = ["one", "two"] as const;

/** In one process, on a clock on which waits are over at once: thousands of combinations in minutes. */
export class Laboratory {
  private constructor(
    private readonly sandbox: Sandbox,
    private readonly definition: ProviderDefinition<Attributes, never>,
  ) {}

  static async start(): Promise<Laboratory> {
    const clock = quickClock();
    const sandbox = await startSandbox({ clock, seed: 1 });
    const environment = sandbox.environment();
    const definition = {
      ...outboundProvider,
      configure: (config: ValueObject, context: never) =>
        new Connections(systems, config, { ...processRuntime(context), clock, environment }),
      // The definition's own client is behind `Connections`; TerraformCore hands through what configure gives.
    } as unknown as ProviderDefinition<Attributes, never>;
    return new Laboratory(sandbox, definition);
  }

  close(): Promise<void> {
    return this.sandbox.close();
  }

  /** Every write route of a life without faults. */
  async routes(): Promise<readonly WriteRoute[]> {
    this.sandbox.reset(1);
    const core = this.core();
    const applies = [...LIFE.map((detail) => () => core.apply(this.declared(detail))), () => core.destroy()];
    for (const apply of applies) {
      const { errors } = await apply();
      if (errors.length > 0) throw new Error(`A life without faults fails: ${errors.join("; ")}`);
    }
    const all = this.sandbox.requests
      .list()
      .filter(({ method }) => method !== "GET")
      .map(({ system, method, path }): WriteRoute => ({ system, method, path: withoutIds(path) }));
    return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
  }

  /** Lives with one fault on one route; what did not hold afterwards. */
  async play(route: WriteRoute, effect: string): Promise<{ readonly hits: number; readonly wrong: readonly string[] }> {
    const { sandbox } = this;
    sandbox.reset(1);
    const empty = settingsOf(sandbox.objects());
    const foreign = foreignIn(sandbox.objects());
    const wrong: string[] = [];
    const core = this.core();
    const { id } = sandbox.faults.add({ ...route, times: 1, effect: EFFECTS[effect]! });
    const hits = () => sandbox.faults.list().find((one) => one.id === id)?.hits ?? 0;
    for (const detail of LIFE) {
      const before = hits();
      const { errors } = await core.apply(this.declared(detail, route.system));
      if (errors.length > 0 && hits() === before) wrong.push(`${detail}: failed without a fault: ${errors.join("; ")}`);
      await this.settles(core, this.declared(detail, route.system), detail, wrong);
    }
    const before = hits();
    const struck = await core.destroy();
    if (struck.errors.length > 0 && hits() === before) wrong.push(`destroy failed: ${struck.errors.join("; ")}`);
    if (struck.errors.length > 0) {
      const { errors } = await core.destroy();
      if (errors.length > 0) wrong.push(`the second destroy failed: ${errors.join("; ")}`);
    }
    wrong.push(...difference(settingsOf(sandbox.objects()), empty).map((one) => `after the destruction ${one}`));
    if (foreignIn(sandbox.objects()) !== foreign) wrong.push("something foreign was touched");
    return { hits: hits(), wrong };
  }

  /** One apply without a fault, and then nothing is left to do. */
  private async settles(core: TerraformCore, config: Configuration, detail: string, wrong: string[]): Promise<void> {
    const clean = await core.apply(config);
    if (clean.errors.length > 0) wrong.push(`${detail}: the clean apply failed: ${clean.errors.join("; ")}`);
    const { actions, errors } = await core.plan(config);
    if (actions.length + errors.length > 0)
      wrong.push(`${detail}: then the plan was ${[...actions, ...errors].join("; ")}`);
    const held = core.left.map(({ type, id }) => `${type} ${id}`);
    const made = this.sandbox
      .objects()
      .filter(({ foreign, builtIn }) => !foreign && builtIn !== true)
      .map(({ type, id }) => `${type} ${id}`);
    for (const one of made.filter((object) => !held.includes(object))) wrong.push(`${detail}: nobody holds ${one}`);
    if (held.length !== config.size) wrong.push(`${detail}: ${held.length} objects are held for ${config.size} blocks`);
  }

  private core(): TerraformCore {
    return new TerraformCore(this.definition, seeded(1));
  }

  /** One of each type, of one system where only that is written to. */
  private declared(detail: string, system = ""): Configuration {
    const kinds = [...outboundKinds(this.sandbox), ...moreKinds, ...uptrendsChildren(this.sandbox)];
    const all = kinds.map(({ block }) => block("alpha", detail));
    all.push(ruleKind.block("alpha", detail, `${ruleKind.of}.this`));
    return new Map(
      all
        .filter(({ type }) => type.startsWith(`outbound_${system}`))
        .map((one): [string, Block] => [`${one.type}.this`, one]),
    );
  }
}

/**
 * Some versions of these systems lack the call that unsets settings. A 404 says so there, and what the provider does
 * then is another end of the same life: it writes the vendor's defaults, or leaves the settings and warns.
 */
const MAY_BE_MISSING = ["UiPath.Server.Configuration.OData.DeleteBulk", "/identity_/api/Setting"];

const effectsOn = ({ method, path }: WriteRoute) =>
  Object.keys(EFFECTS).filter(
    (name) => name !== "404" || method === "PUT" || !MAY_BE_MISSING.some((end) => path.endsWith(end)),
  );

/** Every write route with every fault; true where all of it holds. */
export async function playSystematically(tell: (line: string) => void): Promise<boolean> {
  const laboratory = await Laboratory.start();
  try {
    const started = performance.now();
    let [played, hit, violated] = [0, 0, 0];
    const routes = await laboratory.routes();
    for (const [at, route] of routes.entries()) {
      tell(`route ${at + 1} of ${routes.length}: ${route.system} ${route.method} ${route.path}`);
      for (const effect of effectsOn(route)) {
        const { hits, wrong } = await laboratory.play(route, effect);
        played += 1;
        hit += Math.min(1, hits);
        if (wrong.length === 0) continue;
        violated += 1;
        tell(`VIOLATED: ${route.system} ${route.method} ${route.path} with ${effect}`);
        for (const one of wrong) tell(`  ${one.replaceAll("\n", "\n    ")}`);
      }
    }
    const seconds = Math.round((performance.now() - started) / 1_000);
    tell(
      `${routes.length} write routes with ${Object.keys(EFFECTS).length} faults: ` +
        `${played} lives in ${seconds} s, ${hit} with the fault hit, ${violated} violated`,
    );
    return violated === 0;
  } finally {
    await laboratory.close();
  }
}

/** GUIDs, numbers, and keys in parentheses are of one world only. */
function withoutIds(path: string): string {
  return path
    .split("/")
    .map((segment) =>
      /^(?:[0-9a-f]{8}-[0-9a-f-]{27}|\d{2,})$/.test(segment) ? "*" : segment.replace(/\(\d+\)$/, "(*)"),
    )
    .join("/");
}

/** Waits are over at once, and have taken their time. */
function quickClock(): Clock {
  let ahead = 0;
  return {
    now: () => systemClock.now() + ahead,
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      ahead += ms;
      await new Promise((settle) => setImmediate(settle));
    },
  };
}
