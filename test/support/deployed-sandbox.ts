import { createTransport, type SendMailOptions } from "nodemailer";
import { silentLogger } from "../../lib/core/log";
import { Redactor } from "../../lib/core/redaction";
import { reportToSandbox, runProbe, runTest, type Target, type TestOutcome } from "../../lib/mail";
import { startSandbox, type Sandbox, type SandboxOptions } from "../../lib/sandbox";
import { connectSystem } from "../../lib/systems/kit/connect";
import { TENANT_KEYS } from "../../lib/systems/uipath/keys";
import { vrops } from "../../lib/systems/vrops";
import { mailRuntime } from "./mail-runtime";
import { noProbe } from "./no-probe";

/** A sandbox as it looks after the reference deployments, and what may happen to it then. */
export interface DeployedSandbox {
  readonly sandbox: Sandbox;
  /** Behind Terraform's back. */
  closeFlow(): Promise<unknown>;
  openFlow(): Promise<unknown>;
  /** A mail from whoever wants to send one. */
  send(mail: SendMailOptions): Promise<void>;
  /** The post-deploy test, with vROps' own test call, reported as the provider reports it. */
  test(changes?: Partial<Target>): Promise<TestOutcome>;
  /** What `outbound probe` does. */
  probe(changes?: Partial<Target>): Promise<void>;
  close(): Promise<void>;
}

/** Starts a sandbox and sets up what the examples deploy: a flow, a plugin with its rule, and the other systems. */
export async function deployedSandbox(options: SandboxOptions = {}): Promise<DeployedSandbox> {
  const sandbox = await startSandbox(options);
  const { startTls, user, password, ca } = sandbox.mail;
  const door = { ip: startTls.host, port: startTls.port };
  const openFlow = () => sandbox.intervene("ovh", "add-flow", { ...door, description: "alert mail" });
  await openFlow();
  const plugin = await addPlugin(sandbox);
  await setUpOthers(sandbox);

  const transport = createTransport({
    host: startTls.host,
    port: startTls.port,
    requireTLS: true,
    auth: { user, pass: password },
    tls: { ca },
    pool: true,
  });
  const target: Target = {
    host: startTls.host,
    port: startTls.port,
    security: "starttls",
    login: { username: user, password },
    ca,
    declaredFlows: [`${door.ip}:${door.port}`],
    from: "alerts@example.com",
    to: ["oncall@example.com"],
    timeoutMs: 20_000,
  };
  const runtime = mailRuntime({
    environment: { OUTBOUND_SANDBOX_URL: sandbox.url },
    random: Math.random,
    platformTest: async (_, id, request) => vrops.platformTest!(await vropsClient(sandbox), { ...request, id }),
  });
  const watch = { signal: new AbortController().signal, redact: (text: string) => text };
  return {
    sandbox,
    openFlow,
    closeFlow: () => sandbox.intervene("ovh", "close-flow", door),
    send: async (mail) =>
      void (await transport.sendMail({ from: "alerts@example.com", to: "oncall@example.com", ...mail })),
    async test(changes) {
      const to = { ...target, ...changes };
      const request = {
        target: to,
        fromName: "Alerting",
        subject: "Outbound alert mail",
        via: [{ system: "vrops", id: plugin }],
      };
      const outcome = await runTest(request, runtime, watch);
      await reportToSandbox("test-email", to, outcome, runtime);
      return outcome;
    },
    async probe(changes) {
      const to = { ...target, ...changes };
      await reportToSandbox("probe", to, await runProbe(to, runtime, watch), runtime);
    },
    async close() {
      transport.close();
      await sandbox.close();
    },
  };
}

/** Through the API, as the provider does: the plugin, its certificate accepted, switched on, and a rule that names receivers. */
async function addPlugin(sandbox: Sandbox): Promise<string> {
  const { startTls, user, password } = sandbox.mail;
  const { VROPS_URL, VROPS_USERNAME, VROPS_PASSWORD } = sandbox.environment();
  const call = caller(`${VROPS_URL}/suite-api/api`);
  const login = await call("POST", "/auth/token/acquire", { username: VROPS_USERNAME, password: VROPS_PASSWORD });
  const token = { authorization: `vRealizeOpsToken ${String(login["token"])}` };
  const settings = {
    SMTP_HOST: startTls.host,
    SMTP_PORT: String(startTls.port),
    IS_SECURE_CONNECTION: "true",
    SECURE_CONNECTION_TYPE: "TLS",
    IS_REQUIRES_AUTHETICATION: "true",
    USERNAME: user,
    PASSWORD: password,
    senderEmailAddress: "alerts@example.com",
    senderName: "Alerting",
  };
  const configValues = Object.entries(settings).map(([name, value]) => ({ name, value }));
  const made = await call(
    "POST",
    "/alertplugins",
    { pluginTypeId: "StandardEmailPlugin", name: "Prod SMTP", configValues },
    token,
  );
  if (made["certificates"]) await call("PATCH", "/alertplugins", made, token);
  const id = String(made["pluginId"]);
  await call("PUT", `/alertplugins/${id}/enable/true`, undefined, token);
  const properties = [{ name: "emailaddr", value: "oncall@example.com;boss@example.com" }];
  const rule = { name: "Critical alerts", pluginId: id, criticalities: ["CRITICAL", "IMMEDIATE"], properties };
  await call("POST", "/notifications/rules", rule, token);
  return id;
}

/** UiPath and Ksaar with the same server, and Uptrends that hands over to AlertOps. */
async function setUpOthers(sandbox: Sandbox): Promise<void> {
  const { startTls, tls, user, password } = sandbox.mail;
  await sandbox.intervene("uipath", "edit-tenant-mail", {
    [TENANT_KEYS.host]: tls.host,
    [TENANT_KEYS.port]: String(tls.port),
    [TENANT_KEYS.enableSsl]: "true",
    [TENANT_KEYS.useDefaultCredentials]: "false",
    [TENANT_KEYS.username]: user,
    [TENANT_KEYS.password]: password,
    [TENANT_KEYS.senderAddress]: "alerts@example.com",
  });
  await sandbox.intervene("ksaar", "enter-connection", {
    name: "Company relay",
    sender: "alerts@example.com",
    host: startTls.host,
    port: startTls.port,
    user,
    password,
    secure: false,
  });
  const { UPTRENDS_URL, UPTRENDS_USERNAME, UPTRENDS_PASSWORD, ALERTOPS_URL, ALERTOPS_API_KEY } = sandbox.environment();
  await caller(`${ALERTOPS_URL}/api/v2`)(
    "POST",
    "/integrations/inbound",
    { inbound_integration_name: "Uptrends prod", type: "API", enabled: true, recipient_groups: ["NOC"] },
    { "api-key": ALERTOPS_API_KEY! },
  );
  const { added } = (await sandbox.intervene("uptrends", "add-definition", { AlertName: "Shop is down" })) as {
    added: string;
  };
  await sandbox.intervene("uptrends", "add-member", { id: added, kind: "monitor", name: "Shop" });
  const { integrations } = sandbox.state().systems["uptrends"] as { integrations: { name: string; guid: string }[] };
  const basic = Buffer.from(`${UPTRENDS_USERNAME}:${UPTRENDS_PASSWORD}`).toString("base64");
  await caller(UPTRENDS_URL!)(
    "POST",
    `/AlertDefinition/${added}/EscalationLevel/1/Integration`,
    {
      IntegrationGuid: integrations.find(({ name }) => name.startsWith("AlertOps"))!.guid,
      IsActive: true,
      SendOkAlerts: false,
      SendReminderAlerts: false,
      VariableValues: { ApiUrl: `${ALERTOPS_URL}/POSTAlert/${ALERTOPS_API_KEY}/Uptrends%20prod` },
    },
    { authorization: `Basic ${basic}` },
  );
}

async function vropsClient(sandbox: Sandbox) {
  return connectSystem(vrops, null, {
    ...mailRuntime(),
    log: silentLogger,
    redactor: new Redactor(),
    environment: sandbox.environment(),
    homeDirectory: "/",
    workingDirectory: "/",
    userAgent: "test",
    smtpProbe: noProbe,
  });
}

function caller(base: string) {
  return async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${base}${path}`, {
      method,
      headers: {
        accept: "application/json",
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} was answered ${answer.status}: ${text}`);
    return (text === "" ? {} : JSON.parse(text)) as Record<string, unknown>;
  };
}
