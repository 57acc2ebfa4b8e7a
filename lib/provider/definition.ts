// Not from the index of lib/mail: that would load the whole diagnosis with every start.
import type { MailRuntime } from "../mail/diagnosis/runtime";
import { probeAction } from "../mail/resource/probe.action";
import { sendTestEmailAction } from "../mail/resource/send-test-email.action";
import { smtpProbeData } from "../mail/resource/smtp-probe.data";
import { testEmailResource } from "../mail/resource/test-email.resource";
import { systems } from "../systems";
import { listResourcesOf } from "../systems/kit/list-resource";
import { prepareRequests } from "../systems/kit/connect";
import type { System } from "../systems/kit/system";
import { providerAttributes } from "../systems/provider-attributes";
import type { Action } from "../terraform-plugin/action";
import type { Bound, ConfigureContext, Connection, ProviderDefinition } from "../terraform-plugin/provider";
import type { DataSource, EphemeralResource, Resource } from "../terraform-plugin/resource";
import type { Attributes } from "../terraform-plugin/schema";
import type { ValueObject } from "../terraform-plugin/values";
import { Connections, testedSystem } from "./connections";
import { environmentWarnings } from "./environment-warnings";
import { environmentEphemeral } from "./environment.ephemeral";
import { secretVersion } from "./functions/secret-version";
import { thumbprint } from "./functions/thumbprint";
import { commandLineOf, commandThatRan } from "../terraform-plugin/refresh";
import { PROVIDER_NAME, PROVIDER_VERSION } from "../package/identity";
import { readerOf } from "./reader";
import { processRuntime } from "./runtime";

const GONE_AFTER_SANDBOX =
  "Nothing, the apply creates it anew: a sandbox that is started again has nothing of what was deployed into the one before. Remove the state together with a sandbox, and it will not be missed.";

export const outboundProvider: ProviderDefinition<Attributes, Connections> = {
  name: PROVIDER_NAME,
  version: PROVIDER_VERSION,
  description:
    "Outbound alert mail as code: firewall flows, SMTP plugins, receivers and routes, and a post-deploy test e-mail.",
  attributes: providerAttributes,
  nameOfSetting: readerOf(process.cwd()),
  terraformCommand: () => commandThatRan(commandLineOf(process.ppid)),
  adviceWhenGone: () => (process.env["OUTBOUND_SANDBOX_URL"] ? GONE_AFTER_SANDBOX : undefined),
  configure: (config, context) => {
    const runtime = processRuntime(context);
    for (const warning of environmentWarnings(systems, runtime.environment)) context.report(warning);
    return new Connections(systems, config as ValueObject, runtime);
  },
  prepare: async (connections) => {
    await Promise.all([prepareRequests(), connections.prepare()]);
  },
  resources: [
    ...systems.flatMap((system) => system.resources.map((handler) => throughSystem(system, handler))),
    {
      handler: testEmailResource as Resource,
      client: mailRuntime,
      connectionTo: (name) => testedThrough(systems, name),
    },
  ],
  dataSources: [
    ...systems.flatMap((system) => system.dataSources.map((handler) => throughSystem(system, handler))),
    { handler: smtpProbeData as DataSource, client: mailRuntime },
  ],
  listResources: systems.flatMap((system) => listResourcesOf(system).map((handler) => throughSystem(system, handler))),
  ephemeralResources: [
    ...systems.flatMap((system) => (system.ephemeralResources ?? []).map((handler) => throughSystem(system, handler))),
    { handler: environmentEphemeral as EphemeralResource, client: async (connections) => connections },
  ],
  actions: [
    { handler: probeAction as Action, client: mailRuntime },
    {
      handler: sendTestEmailAction as Action,
      client: mailRuntime,
      connectionTo: (name) => testedThrough(systems, name),
    },
  ],
  functions: [thumbprint, secretVersion],
};

export function throughSystem<Handler>(system: System, handler: Handler): Bound<Handler, Connections> {
  return { handler, ...connectionOf(system) };
}

/** The system that a test mail goes through. A system without a test call counts as none: it is not asked. */
export function testedThrough(all: readonly System[], name: string): Connection<Connections> | undefined {
  const system = testedSystem(all, name);
  return system.platformTest && connectionOf(system);
}

function connectionOf(system: System): Connection<Connections> {
  return {
    client: (connections) => connections.client(system),
    realm: (connections) => connections.realm(system),
    pending: (connections) => connections.pending(system),
    checkLogin: (connections, signal) => connections.checkLogin(system, signal),
    answered: (connections) => connections.answered(system),
  };
}

async function mailRuntime(connections: Connections): Promise<MailRuntime> {
  const { runtime } = connections;
  return {
    ...runtime,
    nameOfSetting: readerOf(runtime.workingDirectory),
    platformTest: (system, id, request) => connections.platformTest(system, { ...request, id }),
  };
}

export type { ConfigureContext };
