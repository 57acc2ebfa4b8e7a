import type { Problem } from "../../core/problem";
import { prose, setting } from "../../core/prose";
import { systemError, systemWarning } from "../kit/words";
import { releaseName, type Release } from "./release";
import { uipathWords } from "./words";

/** @param tenant "the tenant Prod" */
export const tenantMailMayBeIgnored = (tenant: string, release: Release): Problem =>
  systemWarning(uipathWords, "tenant-mail-may-be-ignored", {
    summary: `UiPath may not send alerts by the mail settings of ${tenant}`,
    path: ["smtp_host"],
    got: releaseName(release),
    expected:
      "the mail settings of the organization, or of the host: in the cloud alerts leave by them, and from 2022.10 on UiPath's own pages disagree",
    fix: prose`Declare the server in outbound_uipath_system_mail (UiPath.systemMail in TypeScript), and keep this resource with ${setting("mode", "default")} for ${setting("alerts_enabled")}. UiPath's test call proves nothing here: it passes where the settings are ignored. If a real alert has come by the tenant's settings, there is nothing to do; this is said only when they change, and not where the organization's name the same server.`,
  });

/** Orchestrator lacks the call that writes a tenant's settings, or these settings. */
export const noTenantMail = (tenant: string, evidence: string): Problem =>
  systemError(uipathWords, "no-tenant-mail", {
    summary: `This Orchestrator takes no mail settings for ${tenant}`,
    path: ["mode"],
    expected: "the call UpdateBulk, and the settings Abp.Net.Mail.*",
    fix: prose`Declare the server in outbound_uipath_system_mail (UiPath.systemMail in TypeScript): the organization's mail settings. Then remove this resource, or where only ${setting("alerts_enabled")} is refused, switch alert mails in Orchestrator by hand (Settings > Mail, or Settings > General).`,
    evidence,
  });
