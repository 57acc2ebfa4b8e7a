import type { TerraformBackend, TerraformStack } from "cdktf";
import type {
  OutboundProviderProps,
  PolicyOptions,
  PostDeployTestOptions,
  Receiver,
  SmtpServer,
  SystemProps,
  VropsAlerts,
} from "cdktf-provider-outbound";

/**
 * One environment, as one file in `environments/`: services, servers, receivers and the place of the state. It is all that a
 * reviewer of a change has to read.
 */
export interface OutboundEnvironment {
  /**
   * The platforms whose alerts are mailed, by name. The names become part of the Terraform addresses: a renamed platform is
   * replaced; the order of the entries does not matter.
   */
  readonly platforms: Platforms;

  /**
   * How the platforms are split into stacks, each with a state of its own: a fleet is planned faster in several.
   *
   * - `"platform"`: one for each platform, by its name
   * - `"group"`: one for each `group` that platforms name
   * - `{ stacks: 25 }`: this many; the platform's name decides its stack
   *
   * The stack of a platform depends on that platform alone, so none moves when another comes or goes.
   *
   * @default one stack for all
   * @see docs/fleets.md of the package
   */
  readonly split?: "platform" | "group" | { readonly stacks: number };

  /**
   * How the systems are reached, for all platforms alike.
   *
   * @default from the vendors' environment variables: OVH_ENDPOINT, OVH_APPLICATION_KEY, VROPS_URL, ...
   */
  readonly provider?: OutboundProviderProps;

  /**
   * Where the state is kept: `(stack) => new S3Backend(stack, { key: `${stack.node.id}.tfstate`, ... })`. Each stack needs a
   * place of its own.
   *
   * @default a file `terraform.<stack>.tfstate` beside cdktf.json
   * @see https://developer.hashicorp.com/terraform/cdktf/concepts/remote-backends
   */
  readonly backend?: (stack: TerraformStack) => TerraformBackend;

  /**
   * The severities of the policy rules, and the domains that alerts may go to.
   *
   * @default the rules' own severities, any domain
   */
  readonly policy?: PolicyOptions;

  /**
   * The rules that this environment breaks deliberately, each with the reason: `{ "plaintext-port-25": "MAIL-42" }`. Every
   * review lists them.
   *
   * @default none
   */
  readonly acknowledged?: Readonly<Record<string, string>>;
}

/** Platforms by name. */
export type Platforms = Readonly<Record<string, AlertPlatform>>;

/** A platform that sends alerts by mail: a vROps hosted by OVHcloud. */
export interface AlertPlatform {
  /**
   * The Hosted Private Cloud whose firewall is opened to the server, `pcc-192-0-2-10`.
   *
   * @default none: the platform reaches the server without a flow
   */
  readonly service?: string;

  /** The SMTP server that sends the alerts. */
  readonly server: SmtpServer;

  /** The name of the plugin under *Outbound Settings* of vROps. */
  readonly plugin: string;

  /** The receivers of alerts and test mails; at least one. */
  readonly receivers: readonly Receiver[];

  /** The alerts that they get. @default all of them */
  readonly alerts?: VropsAlerts;

  /**
   * Groups of receivers, each with its own alerts, by name.
   *
   * @default one: `receivers` get `alerts`
   */
  readonly routes?: Readonly<
    Record<string, { readonly receivers: readonly Receiver[]; readonly alerts?: VropsAlerts }>
  >;

  /**
   * How this platform's own vROps is reached, when the environment has several.
   *
   * @default the environment's `provider`
   */
  readonly vrops?: SystemProps["vrops"];

  /** The group whose stack it is in, with `split: "group"`. @default none */
  readonly group?: string;

  /**
   * The group that the platform belonged to before: its stack releases the platform without deleting anything. Remove this
   * once both are deployed.
   *
   * @default it has not moved
   */
  readonly movedFrom?: string;

  /** The test mail after a deployment; `false` for none. @default a test that stops the deployment when it fails */
  readonly test?: PostDeployTestOptions | false;
}

/** The environment variables of the shell, from which a file may read what differs between machines. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** The default export of each file in `environments/`. */
export type EnvironmentFile = (variables: Variables) => OutboundEnvironment;

/** Declares an environment, with type checks and completion in the editor. */
export function defineEnvironment(environment: EnvironmentFile): EnvironmentFile {
  return environment;
}
