import type { WebApp } from "../kit/simulator/web-app";
import { usualBody, type WebRequest } from "../kit/simulator/web";
import { inContractCase } from "../kit/simulator/any-case";
import { checked } from "../kit/simulator/checked";
import { parameter, query } from "../kit/simulator/request";
import { sendRefusals } from "../kit/simulator/refusal";
import type { CreateSimulator, SimulatorWorld } from "../kit/simulator/simulation";
import { Tables } from "../kit/simulator/tables";
import { verifySystemMail, verifyTenantMail } from "./contract";
import { Directory } from "./simulator/directory";
import { interventions } from "./simulator/interventions";
import { entityRoutes } from "./simulator/entity-routes";
import { Limits } from "./simulator/limits";
import { sendAsUiPath, type Content, type UiPathMail } from "./simulator/mailer";
import { objects } from "./simulator/objects";
import { identityBases, tenantMailOf, traits, uipathOptions } from "./simulator/options";
import {
  identity,
  identityInvalid,
  invalidInput,
  invalidPartition,
  noSuchRoute,
  notFound,
  portalPage,
  smtpSettingsError,
  unexpected,
} from "./simulator/refusal";
import { SystemStore } from "./simulator/system-store";
import { TenantStore } from "./simulator/tenant-store";
import { SimulatedTokens } from "./simulator/tokens";
import { ways } from "./simulator/connectivity";
import { WebhookStore } from "./simulator/webhook-store";

const TEST = {
  subject: "UiPath test e-mail",
  text: "This is a test e-mail sent by UiPath to check its mail settings.",
};
const TIME_ZONES = ["UTC", "Romance Standard Time", "W. Europe Standard Time", "Tokyo Standard Time"];
const ACTION = "/odata/Settings/UiPath.Server.Configuration.OData";

/**
 * Simulates UiPath in any edition: OAuth2 and the older login, a tenant's settings on top of the host's, the Identity
 * service's settings by partition, accounts and roles, and mail that is really sent. Options are under "uipath" in the
 * world's options, see `UiPathSimulatorOptions`.
 */
export const createUiPathSimulator: CreateSimulator = (world: SimulatorWorld) => {
  const options = uipathOptions(world);
  const its = traits(options);
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
  const send = (mail: UiPathMail, content: Content) => sendAsUiPath(mail, content, options, world);
  const standalone = options.edition === "standalone";
  const organization = `/${options.organization}`;
  const orchestratorBase = standalone ? "" : `${organization}/${options.tenant}/orchestrator_`;

  function register(app: WebApp): void {
    sendRefusals(app, { noSuchRoute, unexpected });
    app.ignoreCase();
    app.setBodyParser((text, contentType) =>
      /^application\/x-www-form-urlencoded\b/i.test(contentType) ? text : usualBody(text, contentType),
    );
    app.post(`${its.identity}/connect/token`, (request) => tokens.grant(new URLSearchParams(String(request.body))));
    app.part(orchestratorBase, orchestratorRoutes);
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
    for (const base of there) app.part(base, identityRoutes);
    for (const base of elsewhere) {
      app.all(`${base}/api/Setting`, (request) => {
        // The cloud's gateway answers for organizations that are not addressed by their name.
        if (options.edition === "cloud") throw invalidPartition();
        throw options.identityElsewhere === "page" ? portalPage() : noSuchRoute(request);
      });
    }
  }

  function orchestratorRoutes(api: WebApp): void {
    const allowed = (request: WebRequest, scope: string, write = false) => {
      tokens.check(request.headers.authorization, scope, write);
      const named = request.headers["x-uipath-tenantname"];
      if (standalone && String(named).toLowerCase() !== options.tenant.toLowerCase()) {
        throw notFound(`The tenant ${String(named)}`);
      }
    };
    api.addHook("onSend", async (_request, reply) => {
      if (options.showVersion) reply.header("api-supported-versions", `${options.apiVersion}.0`);
    });
    api.post("/api/account/authenticate", (request) => tokens.login(request.body));
    api.get("/odata/Settings", (request) => {
      allowed(request, "OR.Settings");
      return tenant.list(query(request));
    });
    if (options.updateBulk) {
      api.post(`${ACTION}.UpdateBulk`, (request, reply) => {
        allowed(request, "OR.Settings", true);
        tenant.update(request.body);
        return reply.code(200).send();
      });
    }
    api.get(`${ACTION}.GetTimezones`, (request) => {
      allowed(request, "OR.Settings");
      return { Keys: TIME_ZONES, Values: TIME_ZONES };
    });
    if (its.hasDeleteBulk) {
      api.post(`${ACTION}.DeleteBulk`, (request, reply) => {
        allowed(request, "OR.Settings", true);
        tenant.delete(request.body);
        return reply.code(204).send();
      });
    }
    if (its.hasTenantTest) {
      api.post(`${ACTION}.VerifySmtpSetting`, async (request, reply) => {
        allowed(request, "OR.Settings", true);
        const { sendTo, model } = tenantTest(request.body);
        const complaint = await send(model, { to: [sendTo], ...TEST });
        if (complaint !== undefined) throw smtpSettingsError(complaint);
        return reply.code(200).send();
      });
    }
    entityRoutes(api, { tenant, directory, webhooks, allowed, world });
  }

  function identityRoutes(api: WebApp): void {
    const allowed = (request: WebRequest) => {
      limits.count(request.method);
      return tokens.check(request.headers.authorization, "PM.Setting", request.method !== "GET");
    };
    api.get("/api/Setting", (request) => system.get(query(request), allowed(request)));
    api.put("/api/Setting", (request) => system.put(request.body, allowed(request)));
    if (!options.internalIdentity) return;
    api.delete("/api/Setting", (request, reply) => {
      system.delete(request.body, allowed(request));
      return reply.code(204).send();
    });
    api.delete("/api/Setting/:id", (request, reply) => {
      system.deleteRow(Number(parameter(request, "id")), allowed(request));
      return reply.code(204).send();
    });
    api.post("/api/Setting/VerifySmtpSettings", async (request, reply) => {
      allowed(request);
      const { recipient, mail } = systemTest(request.body);
      const complaint = await send(mail, { to: [recipient], ...TEST });
      if (complaint !== undefined) throw identity(400, complaint);
      return reply.code(200).send();
    });
  }

  return {
    system: "uipath",
    tables,
    register,
    environment: (url) => ({
      UIPATH_URL: url,
      ...(standalone ? {} : { UIPATH_ORGANIZATION: options.organization }),
      UIPATH_TENANT: options.login === "host" ? "Host" : options.tenant,
      ...(options.login === "application"
        ? { UIPATH_CLIENT_ID: options.clientId, UIPATH_CLIENT_SECRET: options.clientSecret }
        : { UIPATH_USERNAME: options.username, UIPATH_PASSWORD: options.password }),
    }),
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
    ways: () => ways({ tenant, system, directory, webhooks }, options),
    interventions: interventions({
      ...{ tenant, system, directory, tokens, webhooks, send },
      tenantMail: tenantMailOf(options),
    }),
  };
};

function tenantTest(body: unknown): { sendTo: string; model: UiPathMail } {
  const { sendTo, smtpSettingModel: it } = checked(
    verifyTenantMail,
    inContractCase(verifyTenantMail, body),
    invalidInput,
  );
  if (it === undefined) throw smtpSettingsError("The SMTP settings are missing.");
  return {
    sendTo,
    model: {
      host: it.Host,
      port: it.Port,
      username: it.UserName ?? "",
      password: it.Password ?? "",
      enableSsl: it.EnableSsl ?? false,
      useDefaultCredentials: it.UseDefaultCredentials ?? false,
      senderAddress: it.DefaultFromAddress ?? "",
      senderName: it.DefaultFromDisplayName ?? "",
    },
  };
}

function systemTest(body: unknown): { recipient: string; mail: UiPathMail } {
  const { recipient, smtpSettings: it } = checked(
    verifySystemMail,
    inContractCase(verifySystemMail, body),
    identityInvalid,
  );
  if (it === undefined) throw identity(400, "The SMTP settings are missing.");
  return {
    recipient,
    mail: {
      host: it.host,
      port: it.port,
      username: it.userName ?? "",
      password: it.password ?? "",
      enableSsl: it.enableSsl,
      useDefaultCredentials: it.useDefaultCredentials,
      senderAddress: it.fromAddress ?? "",
      senderName: it.fromDisplayName ?? "",
    },
  };
}
