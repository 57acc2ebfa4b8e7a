import type { PlatformTestRequest, PlatformTestResult } from "../../core/platform-test";
import { ProblemError } from "../../core/problem";
import type { HttpResponse } from "../../http/types";
import { badImportId } from "../kit/problems";
import type { UiPathClient } from "./client";
import { textOf } from "./envelope";
import { nothingToTest, testFailed } from "./errors";
import { systemMailInForce, type SystemMailInForce } from "./mail-in-force";
import { isConfigured, isTrue, type MailKey, type MailValues } from "./mail.values";
import { partitionIn, partitionName } from "./partition";
import { systemValues } from "./system-mail.mapping";
import { systemMailWords } from "./system-mail.words";
import { mayIgnoreTenantMail } from "./release";
import { isCustom, tenantValues } from "./tenant-mail.mapping";
import type { Rows } from "./tenant-settings";
import { testRemedy } from "./test-remedy";

interface Password {
  readonly username: string;
  readonly text: string;
}

/** The tenant's time zone, which the times in alert mails are in. */
const TIME_ZONE = "Abp.Timing.TimeZone";

/**
 * When alerts are mailed; `docs/uipath-mail.md` says more.
 *
 * @see https://docs.uipath.com/orchestrator/automation-suite/2024.10/user-guide/alert-emails
 */
const ALERT_SCHEDULE =
  "Alerts come otherwise: those of severity Error and Fatal in a summary every ten minutes, all in a daily report, with times in the tenant's time zone";

/**
 * UiPath's "Test Mail Settings": UiPath sends a mail with the settings of the request, and saves nothing. They are those in
 * force, whoever owns them. UiPath does not show the password, so it must be known from this run: from the resource that has
 * just written it, or from the test mail itself when that uses the same server and user.
 */
export async function platformTest(client: UiPathClient, request: PlatformTestRequest): Promise<PlatformTestResult> {
  return request.id === "tenant" ? testTenant(client, request) : testPartition(client, request);
}

async function testTenant(client: UiPathClient, request: PlatformTestRequest): Promise<PlatformTestResult> {
  const { tenant, tenantName } = client;
  const rows = await tenant.shown.read(request.signal);
  const mayBeIgnored = mayIgnoreTenantMail(await client.release(request.signal));
  const inherits = tenant.inherits === true || isCustom(rows) === "no";
  // A tenant without settings of its own inherits those of the Identity service in newer releases, and the host's, which are
  // shown, in older ones.
  const above = inherits && mayBeIgnored ? await systemMailInForce(client, request.signal) : undefined;
  if (above !== undefined) {
    const of = `${above.where}, whose mail settings are in force for ${tenantName}`;
    return testSystem(client, request, above, of, scheduleNote(rows));
  }
  const values = tenantValues(rows);
  if (!isConfigured(values)) return { status: "failed", problem: nothingToTest(tenantName) };
  const password = passwordFor(values, tenant.password, request);
  if (password === undefined) return withoutPassword(tenantName);
  const value = (key: MailKey) => values.get(key) ?? "";
  const receiver = request.receiver ?? value("senderAddress");
  const response = await tenant.test(
    receiver,
    {
      Host: value("host"),
      Port: Number(value("port")),
      UserName: value("username"),
      Password: password,
      Domain: value("domain"),
      EnableSsl: isTrue(value("enableSsl")),
      UseDefaultCredentials: isTrue(value("useDefaultCredentials")),
      DefaultFromAddress: value("senderAddress"),
      DefaultFromDisplayName: value("senderName"),
    },
    request.signal,
  );
  const ignored = mayBeIgnored && !inherits ? ` ${PROVES_LITTLE}` : "";
  const passed = `Orchestrator handed its test mail for ${receiver} to ${value("host")}.${ignored} ${scheduleNote(rows)}`;
  return verdict(request, response, passed);
}

async function testPartition(client: UiPathClient, request: PlatformTestRequest): Promise<PlatformTestResult> {
  const partition = partitionIn(request.id);
  if (partition === null) throw new ProblemError(badImportId(systemMailWords, request.id));
  const where = partitionName(partition);
  const values = systemValues(await client.system.shown(partition).read(request.signal));
  if (!isConfigured(values)) return { status: "failed", problem: nothingToTest(where) };
  return testSystem(client, request, { partition, where, values }, where, scheduleNote());
}

/** @param of the owner of the settings, for people */
async function testSystem(
  client: UiPathClient,
  request: PlatformTestRequest,
  { partition, where, values }: SystemMailInForce,
  of: string,
  alerts: string,
): Promise<PlatformTestResult> {
  const password = passwordFor(values, client.system.passwords.get(partition), request);
  if (password === undefined) return withoutPassword(where);
  const value = (key: MailKey) => values.get(key) ?? "";
  const recipient = request.receiver ?? value("senderAddress");
  const response = await client.system.test(
    recipient,
    {
      host: value("host"),
      port: Number(value("port")),
      userName: value("username"),
      password,
      domain: value("domain"),
      enableSsl: isTrue(value("enableSsl")),
      useDefaultCredentials: isTrue(value("useDefaultCredentials")),
      fromAddress: value("senderAddress"),
      fromDisplayName: value("senderName"),
    },
    request.signal,
  );
  const passed = `UiPath handed its test mail for ${recipient} to ${value("host")}, by the settings of ${of}. ${alerts}`;
  return verdict(request, response, passed);
}

const PROVES_LITTLE =
  "It does so with the settings it is given, also where alerts leave by the organization's: only a real alert tells.";

/** A note about when alert mails leave, for readers who might wait for one in vain. */
function scheduleNote(rows?: Rows): string {
  const zone = rows?.get(TIME_ZONE)?.Value;
  return `${ALERT_SCHEDULE}${zone ? ` (${zone})` : ""}.`;
}

/**
 * Finds the password: empty when no login is used, undefined when it is unknown. The password of a test is used only for its
 * own server.
 */
function passwordFor(
  values: MailValues,
  known: Password | undefined,
  { smtp }: PlatformTestRequest,
): string | undefined {
  const username = values.get("username") ?? "";
  if (username === "" || isTrue(values.get("useDefaultCredentials"))) return "";
  if (known?.username === username) return known.text;
  const same = smtp !== undefined && smtp.host === values.get("host") && smtp.login?.username === username;
  return same ? smtp.login!.password : undefined;
}

const withoutPassword = (where: string): PlatformTestResult => ({
  status: "unavailable",
  detail: `the test call wants the password, which UiPath does not show; give the test mail the server, username and password_wo that ${where} uses`,
});

/**
 * Interprets the answer. The vendor has announced the end of these calls in its cloud: where they are gone, the test neither
 * passed nor failed.
 */
function verdict({ explainServer }: PlatformTestRequest, response: HttpResponse, passed: string): PlatformTestResult {
  if (response.status < 300) return { status: "passed", detail: passed };
  const text = textOf(response);
  if ([404, 405, 410].includes(response.status)) {
    return {
      status: "unavailable",
      detail: `platform test unavailable: UiPath no longer has this call here (${text})`,
    };
  }
  return { status: "failed", problem: testFailed(testRemedy(text, explainServer), text) };
}
