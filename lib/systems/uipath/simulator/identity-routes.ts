import { inContractCase } from "../../kit/simulator/any-case";
import { checked } from "../../kit/simulator/checked";
import { parameter, query } from "../../kit/simulator/request";
import type { WebApp } from "../../kit/simulator/web-app";
import type { WebRequest } from "../../kit/simulator/web";
import { verifySystemMail } from "../contract";
import type { Limits } from "./limits";
import { TEST_MAIL, type SendMail, type UiPathMail } from "./mailer";
import type { UiPathSimulatorOptions } from "./options";
import { identity, identityInvalid } from "./refusal";
import type { SystemStore } from "./system-store";
import type { SimulatedTokens } from "./tokens";

interface IdentityParts {
  readonly options: UiPathSimulatorOptions;
  readonly tokens: SimulatedTokens;
  readonly system: SystemStore;
  readonly limits: Limits;
  readonly send: SendMail;
}

/** Adds the routes of the Identity service. */
export function addIdentityRoutes(api: WebApp, { options, tokens, system, limits, send }: IdentityParts): void {
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
    const complaint = await send(mail, { to: [recipient], ...TEST_MAIL });
    if (complaint !== undefined) throw identity(400, complaint);
    return reply.code(200).send();
  });
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
