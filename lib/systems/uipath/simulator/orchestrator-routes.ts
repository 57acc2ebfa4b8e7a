import { inContractCase } from "../../kit/simulator/any-case";
import { checked } from "../../kit/simulator/checked";
import { query } from "../../kit/simulator/request";
import type { SimulatorWorld } from "../../kit/simulator/simulation";
import type { WebApp } from "../../kit/simulator/web-app";
import type { WebRequest } from "../../kit/simulator/web";
import { verifyTenantMail } from "../contract";
import type { Directory } from "./directory";
import { addEntityRoutes } from "./entity-routes";
import { TEST_MAIL, type SendMail, type UiPathMail } from "./mailer";
import { traits, type UiPathSimulatorOptions } from "./options";
import { invalidInput, notFound, smtpSettingsError } from "./refusal";
import type { TenantStore } from "./tenant-store";
import type { SimulatedTokens } from "./tokens";
import type { WebhookStore } from "./webhook-store";

const TIME_ZONES = ["UTC", "Romance Standard Time", "W. Europe Standard Time", "Tokyo Standard Time"];
const ACTION = "/odata/Settings/UiPath.Server.Configuration.OData";

interface OrchestratorParts {
  readonly options: UiPathSimulatorOptions;
  readonly tokens: SimulatedTokens;
  readonly tenant: TenantStore;
  readonly directory: Directory;
  readonly webhooks: WebhookStore;
  readonly world: Pick<SimulatorWorld, "clock" | "random">;
  readonly send: SendMail;
}

/** Adds the routes of one tenant's Orchestrator. */
export function addOrchestratorRoutes(api: WebApp, parts: OrchestratorParts): void {
  const { options, tokens, tenant, send } = parts;
  const its = traits(options);
  const allowed = (request: WebRequest, scope: string, write = false) => {
    tokens.check(request.headers.authorization, scope, write);
    const named = request.headers["x-uipath-tenantname"];
    if (options.edition === "standalone" && String(named).toLowerCase() !== options.tenant.toLowerCase()) {
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
      const complaint = await send(model, { to: [sendTo], ...TEST_MAIL });
      if (complaint !== undefined) throw smtpSettingsError(complaint);
      return reply.code(200).send();
    });
  }
  addEntityRoutes(api, { ...parts, allowed });
}

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
