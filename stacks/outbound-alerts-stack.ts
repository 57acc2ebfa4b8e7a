import { TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { AlertMail, OutboundProvider, OvhVrops, Policy, Vrops } from "cdktf-provider-outbound";
import type { AlertPlatform, OutboundEnvironment } from "./environment";

/** The alert mail of a whole environment: for each platform a flow, a plugin, its routes and a test. */
export class OutboundAlertsStack extends TerraformStack {
  /** The alert mail of each platform, by the platform's name. */
  readonly alerts: Readonly<Record<string, AlertMail>>;

  private readonly removed: object[] = [];

  constructor(
    scope: Construct,
    id: string,
    private readonly environment: OutboundEnvironment,
  ) {
    super(scope, id);
    environment.backend?.(this);
    new OutboundProvider(this, "outbound", environment.provider);
    Policy.attach(this, environment.policy);
    for (const [rule, reason] of Object.entries(environment.acknowledged ?? {})) Policy.acknowledge(this, rule, reason);

    this.alerts = Object.fromEntries(
      Object.entries(environment.platforms).map(([name, platform]) => [
        name,
        this.addPlatform(name, platform, environment),
      ]),
    );
  }

  private addPlatform(name: string, platform: AlertPlatform, environment: OutboundEnvironment): AlertMail {
    const { service, server, receivers, plugin, alerts, routes, test = {} } = platform;
    const provider = this.providerOf(name, platform, environment);

    const mail = new AlertMail(this, name, { server, receivers });
    if (service !== undefined) mail.through(OvhVrops.service(service, { provider }));
    mail.into(Vrops.standardEmail({ name: plugin, provider }), { alerts, routes });
    if (test !== false) {
      const { verdict } = mail.testAfterDeploy(test);
      new TerraformOutput(this, `verdict-${name}`, {
        value: verdict,
        description: `What the test mail of ${name} proved`,
      });
    }
    return mail;
  }

  /**
   * Releases the resources of a platform without deleting anything, because another stack has them now.
   *
   * @param addresses of its resources, which are the same in both stacks
   */
  letGo(name: string, platform: AlertPlatform, addresses: readonly string[]): void {
    // Terraform needs the provider that created the resources in order to release them.
    this.providerOf(name, platform, this.environment);
    this.removed.push(...addresses.map((from) => ({ from, lifecycle: { destroy: false } })));
    this.addOverride("removed", this.removed);
  }

  /**
   * The provider of a platform. A vROps of its own needs a provider configuration of its own: one configuration holds one
   * vROps.
   */
  private providerOf(name: string, { vrops }: AlertPlatform, { provider }: OutboundEnvironment) {
    if (vrops === undefined) return undefined;
    return new OutboundProvider(this, `outbound-${name}`, { ...provider, vrops, alias: name });
  }
}
