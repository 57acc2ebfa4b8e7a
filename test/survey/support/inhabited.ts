import type { Sandbox } from "../../../lib/sandbox";
import { rawClients } from "../../sandbox/raw-clients";

/** Puts an object of each kind into the simulated systems, so that an answer about it is something to look at. */
export async function inhabited(sandbox: Sandbox): Promise<void> {
  const { vrops, uipath, uptrends } = await rawClients(sandbox);
  const settings = { SMTP_HOST: "127.0.0.1", SMTP_PORT: "25", senderEmailAddress: "a@example.com" };
  await vrops("POST", "/alertplugins", {
    pluginTypeId: "StandardEmailPlugin",
    name: "mail",
    configValues: Object.entries(settings).map(([name, value]) => ({ name, value })),
  });
  const log = await vrops("POST", "/alertplugins", { pluginTypeId: "Log File", name: "log" });
  await vrops("POST", "/notifications/rules", { name: "to the log", pluginId: log.body.pluginId });
  await uipath("POST", "/Webhooks", {
    Name: "hook",
    Url: "https://example.com/hook",
    Enabled: true,
    SubscribeToAllEvents: true,
    AllowInsecureSsl: false,
  });
  await uptrends("POST", "/AlertDefinition", { AlertName: "prod", IsActive: true });
  const [id] = (await uptrends("GET", "/AlertDefinition")).body.map((one) => one.AlertDefinitionGuid);
  await sandbox.intervene("uptrends", "add-member", { id, kind: "monitor_group", name: "Production" });
  await sandbox.intervene("uptrends", "add-member", { id: `${id}/1`, kind: "operator_group", name: "NOC" });
  const IntegrationGuid = (await uptrends("GET", "/Integration")).body[0]!.IntegrationGuid;
  const attachment = { IntegrationGuid, IsActive: true, SendOkAlerts: false, SendReminderAlerts: false };
  const attached = await uptrends("POST", `/AlertDefinition/${id}/EscalationLevel/1/Integration`, attachment);
  if (attached.status !== 201) throw new Error(`the integration was not attached: ${attached.status}`);
}
