import type { WebApp } from "../kit/simulator/web-app";
import { usualBody } from "../kit/simulator/web";
import { sendRefusals } from "../kit/simulator/refusal";
import type { CreateSimulator, SimulatorWorld } from "../kit/simulator/simulation";
import { Tables } from "../kit/simulator/tables";
import { Directory } from "./simulator/directory";
import { interventions } from "./simulator/interventions";
import { addIdentityRoutes } from "./simulator/identity-routes";
import { Limits } from "./simulator/limits";
import { sendAsUiPath, type SendMail } from "./simulator/mailer";
import { objects } from "./simulator/objects";
import { addOrchestratorRoutes } from "./simulator/orchestrator-routes";
import { environmentFor, identityBases, tenantMailOf, traits, uipathOptions } from "./simulator/options";
import { invalidPartition, noSuchRoute, portalPage, unexpected } from "./simulator/refusal";
import { SystemStore } from "./simulator/system-store";
import { TenantStore } from "./simulator/tenant-store";
import { SimulatedTokens } from "./simulator/tokens";
import { connectivity } from "./simulator/connectivity";
import { WebhookStore } from "./simulator/webhook-store";

/**
 * Simulates UiPath in any edition: OAuth2 and the older login, a tenant's settings on top of the host's, the Identity
 * service's settings by partition, accounts and roles, and mail that is really sent. Options are under "uipath" in the
 * world's options, see `UiPathSimulatorOptions`.
 */
export const createUiPathSimulator: CreateSimulator = (world: SimulatorWorld) => {
  const options = uipathOptions(world);
  const tokens = new SimulatedTokens(options, world.clock, world.random);
  const tables = new Tables();
  const tenant = new TenantStore(tables.table(), options);
  const system = new SystemStore(tables.table(), options, tables.sequence(63_036));
  const directory = new Directory(options);
  const webhooks = new WebhookStore(tables.table(), options, tables.sequence(41));
  const limits = new Limits(options, world.clock);
  tables.seed(() => {
    system.seed();
    directory.reset();
    limits.reset();
  });
  const send: SendMail = (mail, content) => sendAsUiPath(mail, content, options, world);
  const standalone = options.edition === "standalone";
  const organization = `/${options.organization}`;
  const orchestratorBase = standalone ? "" : `${organization}/${options.tenant}/orchestrator_`;

  function register(app: WebApp): void {
    sendRefusals(app, { noSuchRoute, unexpected });
    app.ignoreCase();
    app.setBodyParser((text, contentType) =>
      /^application\/x-www-form-urlencoded\b/i.test(contentType) ? text : usualBody(text, contentType),
    );
    app.post(`${traits(options).identity}/connect/token`, (request) =>
      tokens.grant(new URLSearchParams(String(request.body))),
    );
    app.part(orchestratorBase, (api) =>
      addOrchestratorRoutes(api, { options, tokens, tenant, directory, webhooks, world, send }),
    );
    if (!standalone) {
      // The host administrator logs in without a tenant of their own.
      if (options.tenant !== "Host") {
        app.post(`${organization}/Host/orchestrator_/api/account/authenticate`, (request) =>
          tokens.login(request.body),
        );
      }
      app.post(`${organization}/api/account/authenticate`, (request) => tokens.login(request.body));
    }
    const { there, elsewhere } = identityBases(options);
    for (const base of there) {
      app.part(base, (api) => addIdentityRoutes(api, { options, tokens, system, limits, send }));
    }
    for (const base of elsewhere) {
      app.all(`${base}/api/Setting`, (request) => {
        // The cloud's gateway answers for organizations that are not addressed by their name.
        if (options.edition === "cloud") throw invalidPartition();
        throw options.identityElsewhere === "page" ? portalPage() : noSuchRoute(request);
      });
    }
  }

  return {
    system: "uipath",
    tables,
    register,
    environment: (url) => environmentFor(url, options),
    snapshot: () => ({
      edition: options.edition,
      logins: tokens.logins,
      refusedLogins: tokens.refusedLogins,
      tenant: { name: options.tenant, own: tenant.shown() },
      organization: { id: options.organizationId, own: system.shown("organization") },
      host: { own: system.shown("host") },
      receivers: directory.receivers(),
      webhooks: webhooks.shown(),
    }),
    objects: () => objects({ tenant, system, webhooks }, options),
    connectivity: () => connectivity({ tenant, system, directory, webhooks }, options),
    interventions: interventions({
      ...{ tenant, system, directory, tokens, webhooks, send },
      tenantMail: tenantMailOf(options),
    }),
  };
};
