import type { Construct } from "constructs";
import { ProblemError } from "../core/problem";
import type { ITerraformDependable, TerraformResource } from "./cdktf";
import { tokenForPlatform } from "./errors";
import { MAIN, Noun } from "./noun";
import { checkOptions, optional, required, type Made, type Shape } from "./options";
import { after } from "./order";
import { SMTP_SERVER, type SmtpServer } from "./smtp-server";
import { checkPluginTarget, type BoundPlugin, type PluginTarget } from "./target";

export interface SmtpPluginProps<Alerts> {
  /** The platform that sends the alerts: `Vrops.standardEmail({ name: "Prod SMTP" })`. */
  readonly into: PluginTarget<Alerts>;
  /** The server through which the platform sends. */
  readonly server: SmtpServer;
  /** @default none; list the firewall flows to the server here */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * The SMTP settings inside a platform that sends alerts.
 *
 * @example
 * const plugin = new SmtpPlugin(this, "plugin", { into: Vrops.standardEmail({ name: "Prod SMTP" }), server: relay });
 */
export class SmtpPlugin<Alerts = unknown> extends Noun {
  readonly resource: TerraformResource;
  readonly server: SmtpServer;
  /** The name of the plugin in its platform. */
  readonly name: string;
  /** The plugin in its system, for AlertRoute and PostDeployTest. */
  readonly bound: BoundPlugin<Alerts>;

  constructor(scope: Construct, id: string, props: SmtpPluginProps<Alerts>) {
    super(scope, id);
    checkOptions("SmtpPlugin", props, PLUGIN, [this.node.path]);
    const { into, server, dependsOn } = props;
    checkPluginTarget(into);
    this.server = server;
    this.name = into.name;
    this.bound = into.bindPlugin(this, MAIN, { server });
    this.resource = this.bound.resource;
    const { input } = this.resource as { readonly input?: { readonly username?: unknown } };
    if (server.login?.mechanism === "XOAUTH2" && input?.username !== undefined) {
      throw new ProblemError(tokenForPlatform(this.name));
    }
    after(this.resource, ...(dependsOn ?? []));
  }

  /** The plugin's id in its platform, as a token. */
  get pluginId(): string {
    return this.bound.id;
  }

  /** Whether the platform can send different alerts to different receivers. */
  get routes(): boolean {
    return this.bound.bindRoute !== undefined;
  }
}

const PLUGIN: Shape<SmtpPluginProps<unknown>> = {
  into: required("any"),
  server: required(SMTP_SERVER),
  dependsOn: optional("array"),
};

/** Describes an SmtpPlugin for {@link checkOptions}. */
export const SMTP_PLUGIN: Made = {
  name: "SmtpPlugin",
  is: (value) => value instanceof SmtpPlugin,
  factory: 'new SmtpPlugin(this, "plugin", { ... }), or what AlertMail.into returns',
};
