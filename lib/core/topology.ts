/**
 * The path of alert mail out of the systems, as a graph: flows let a platform out, mailers (SMTP settings and plugins) send,
 * routes say who receives what, tests prove it. Each resource type describes its own part (`System.topology`);
 * `lib/topology/` combines them. Everywhere, `undefined` is not known yet (computed by the apply) and null is not set.
 */
export type TopologyNode = FlowNode | MailerNode | RouteNode | TestNode | AlertSourceNode | EscalationNode | MemberNode;

type Known<T> = T | undefined;

/** An opening in the firewall between a platform and an SMTP server. */
export interface FlowNode {
  readonly kind: "flow";
  /** The platform that is let out, as people call it: `pcc-192-0-2-10`. */
  readonly source: Known<string>;
  /** The system (its name in the provider's configuration) whose platform stands behind this firewall: `vrops`. */
  readonly lets: string;
  readonly ip: Known<string>;
  readonly port: Known<number>;
  /** The purpose of the flow. */
  readonly description?: Known<string | null>;
}

/** SMTP settings, a plugin or an integration by which a system sends its alerts. */
export interface MailerNode {
  readonly kind: "mailer";
  readonly name: Known<string>;
  /** The id by which routes and tests name it. */
  readonly id: Known<string | null>;
  readonly enabled: Known<boolean>;
  /**
   * The SMTP settings; undefined for what does not speak SMTP itself, such as a webhook or an integration with another
   * system.
   */
  readonly smtp?: Smtp;
  /** Whether an alert that another system passes to it opens an alert there; absent where the question does not arise. */
  readonly opensAlerts?: Known<boolean>;
  /** Whether its system uses it for alerts without any route, as UiPath does with its tenant mail. @default false */
  readonly routesItself?: boolean;
}

export interface Smtp {
  readonly host: Known<string | null>;
  readonly port: Known<number | null>;
  readonly security: Known<ConnectionSecurity>;
  /** Whether TLS is silently omitted where the server does not offer it. @default false */
  readonly opportunistic?: boolean;
  /** The address that mails come from. */
  readonly sender: Known<string | null>;
  /** Whether it logs in to the server. */
  readonly login: Known<boolean>;
  /** The account it logs in as. */
  readonly username?: Known<string | null>;
  /** Whether it logs in by an access token instead of a password. @default false */
  readonly token?: boolean;
}

/** How a connection is protected: not at all, upgraded before anything is sent, or from the first byte. */
export type ConnectionSecurity = "none" | "starttls" | "tls";

/** A route: who receives which alerts. */
export interface RouteNode {
  readonly kind: "route";
  readonly name: Known<string>;
  readonly enabled: Known<boolean>;
  /** The mailer that it uses; undefined for a route that is its system's only one. */
  readonly via?: Link;
  /** Addresses, groups or users, as the system names them. Empty: nobody. */
  readonly receivers: Known<readonly string[]>;
  /** Why the receivers cannot be read from code, and where they are; `receivers` then holds the known ones. */
  readonly receiversElsewhere?: string;
  /** The source of the alerts and its step, where a system has such a thing. */
  readonly of?: StepLink;
  /** The mailer of another system that the alerts go on to, whose routes then decide. */
  readonly forwardsTo?: Link;
  /** The severities, in the system's own words; null: any. */
  readonly severities: Known<readonly string[] | null>;
  /** The resource kinds, in the system's own words; null: any. */
  readonly resourceKinds: Known<readonly string[] | null>;
  /** Whether anything at all limits which alerts it takes. */
  readonly filtered: Known<boolean>;
}

/** A source of alerts, such as an alert definition. It raises alerts for its members only. */
export interface AlertSourceNode {
  readonly kind: "alert-source";
  readonly name: Known<string>;
  readonly enabled: Known<boolean>;
  /** The id; undefined when the apply creates the source, so that all its members are declared. */
  readonly id: Known<string | null>;
  /** Whether it may be taken over from somebody else, with members that no code declares. */
  readonly mayBeThere: Known<boolean>;
}

/** A step at which an alert source notifies people. */
export interface EscalationNode {
  readonly kind: "escalation";
  readonly name: Known<string>;
  readonly enabled: Known<boolean>;
  readonly of: StepLink;
}

/** A thing that an alert source watches, or a person that one of its steps notifies. */
export interface MemberNode {
  readonly kind: "member";
  readonly role: "watched" | "told";
  readonly of: StepLink;
}

/** A reference to a step of an alert source. */
export interface StepLink extends Link {
  /** The step; null for a member that is watched. */
  readonly step: Known<number | null>;
}

/** A mail that proves the path after a deployment. */
export interface TestNode {
  readonly kind: "test";
  readonly smtp: Smtp;
  readonly receivers: Known<readonly string[]>;
  /** `ip:port` of the flows declared for this server: this associates a host name with an address. */
  readonly flows: Known<readonly string[]>;
  /** Platforms that send their own test as well. */
  readonly via: Known<readonly { readonly system: Known<string>; readonly id: Known<string> }[]>;
  /**
   * The servers whose mailboxes are searched for the mail, separated by commas; null: the test ends with the server's
   * acceptance.
   */
  readonly mailbox?: Known<string | null>;
  /** Whether SPF, DKIM and DMARC of the sender are judged. */
  readonly judgesSender?: Known<boolean>;
  /** The beginning of the validity of the server's certificate, as the last run saw it; ISO 8601. */
  readonly certificateValidFrom?: Known<string | null>;
  /** The expiry of the server's certificate, as the last run saw it; ISO 8601. */
  readonly certificateExpiresAt?: Known<string | null>;
  /** The result of the last run, as stages with a status; null before the first. */
  readonly stages?: Known<readonly TestStage[] | null>;
}

export interface TestStage {
  readonly name: string;
  readonly status: string;
  readonly detail?: string | null;
  readonly remedy?: string | null;
}

/**
 * A reference to a mailer or an alert source: by id when it is known, else by whatever the attribute refers to in the
 * configuration.
 */
export interface Link {
  /** The attribute of the resource that holds the reference: `plugin_id`. */
  readonly attribute: string;
  readonly id?: Known<string | null>;
}

/** Describes what one resource of a type means; `values` are as in the plan or the state, unknown ones undefined. */
export type Describe = (values: Readonly<Record<string, unknown>>) => readonly TopologyNode[];
