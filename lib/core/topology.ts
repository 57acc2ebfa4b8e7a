/**
 * How alert mail leaves the systems, as a graph: flows let a platform out, mailers (SMTP settings and plugins)
 * send, routes say who receives what, tests prove it. A resource type says by itself what it means
 * (`System.topology`); `lib/topology/` puts the answers together.
 *
 * Everywhere: `undefined` is not known yet (computed by the apply), null is not given.
 */
export type TopologyNode = FlowNode | MailerNode | RouteNode | TestNode | AlertSourceNode | EscalationNode | MemberNode;

type Known<T> = T | undefined;

/** An opening in the firewall between a platform and an SMTP server. */
export interface FlowNode {
  readonly kind: "flow";
  /** What is let out, as people call it: `pcc-192-0-2-10`. */
  readonly source: Known<string>;
  /** The system (its name in the provider's configuration) whose platform stands behind this firewall: `vrops`. */
  readonly lets: string;
  readonly ip: Known<string>;
  readonly port: Known<number>;
  /** What the flow is for. */
  readonly description?: Known<string | null>;
}

/** SMTP settings, a plugin or an integration: what a system sends its alerts with. */
export interface MailerNode {
  readonly kind: "mailer";
  readonly name: Known<string>;
  /** As routes and tests name it. */
  readonly id: Known<string | null>;
  readonly enabled: Known<boolean>;
  /** Undefined for what does not speak SMTP itself, such as a webhook or a hand-over to another system. */
  readonly smtp?: Smtp;
  /** Whether what it is handed by another system opens an alert there; absent where that is no question. */
  readonly opensAlerts?: Known<boolean>;
  /** Its system uses it for alerts without any route: such as UiPath's tenant mail. @default false */
  readonly routesItself?: boolean;
}

export interface Smtp {
  readonly host: Known<string | null>;
  readonly port: Known<number | null>;
  readonly security: Known<ConnectionSecurity>;
  /** TLS may be left out silently where the server does not offer it. @default false */
  readonly opportunistic?: boolean;
  /** The address mails come from. */
  readonly sender: Known<string | null>;
  /** Whether it logs in at the server. */
  readonly login: Known<boolean>;
  /** The account it logs in as. */
  readonly username?: Known<string | null>;
  /** It logs in by an access token in place of a password. @default false */
  readonly token?: boolean;
}

/** How a connection is protected: not at all, upgraded before anything is sent, or from the first byte. */
export type ConnectionSecurity = "none" | "starttls" | "tls";

/** Who receives which alerts. */
export interface RouteNode {
  readonly kind: "route";
  readonly name: Known<string>;
  readonly enabled: Known<boolean>;
  /** Through which mailer; undefined for a route that is its system's only way. */
  readonly via?: Link;
  /** Addresses, groups or users, as the system names them. Empty: nobody. */
  readonly receivers: Known<readonly string[]>;
  /** Why the receivers cannot be read from code, and where they are: then `receivers` is what is known of them. */
  readonly receiversElsewhere?: string;
  /** What raises the alerts, and at which step: where a system has such a thing. */
  readonly of?: StepLink;
  /** The alerts go on to this mailer of another system, whose routes then decide. */
  readonly forwardsTo?: Link;
  /** In the system's own words; null: of any severity. */
  readonly severities: Known<readonly string[] | null>;
  /** In the system's own words; null: about anything. */
  readonly resourceKinds: Known<readonly string[] | null>;
  /** Whether anything at all limits which alerts it takes. */
  readonly filtered: Known<boolean>;
}

/** What raises alerts, such as an alert definition: for its members, and for nothing without any. */
export interface AlertSourceNode {
  readonly kind: "alert-source";
  readonly name: Known<string>;
  readonly enabled: Known<boolean>;
  /** Undefined: it is made by the apply, so that all its members are declared. */
  readonly id: Known<string | null>;
  /** It may be taken over from somebody else, with members that no code declares. */
  readonly mayBeThere: Known<boolean>;
}

/** A step at which an alert source tells people. */
export interface EscalationNode {
  readonly kind: "escalation";
  readonly name: Known<string>;
  readonly enabled: Known<boolean>;
  readonly of: StepLink;
}

/** What an alert source watches, or whom a step of it tells. */
export interface MemberNode {
  readonly kind: "member";
  readonly role: "watched" | "told";
  readonly of: StepLink;
}

/** A reference to an alert source, and to one of its steps. */
export interface StepLink extends Link {
  /** Of one that watches: null. */
  readonly step: Known<number | null>;
}

/** A mail that proves the way after a deployment. */
export interface TestNode {
  readonly kind: "test";
  readonly smtp: Smtp;
  readonly receivers: Known<readonly string[]>;
  /** `ip:port` of the flows declared for this server: how a host name and an address come together. */
  readonly flows: Known<readonly string[]>;
  /** Platforms that send their own test as well. */
  readonly via: Known<readonly { readonly system: Known<string>; readonly id: Known<string> }[]>;
  /** Servers whose mailboxes are searched for the mail, with commas between them; null: the test ends with the server's consent. */
  readonly mailbox?: Known<string | null>;
  /** Whether SPF, DKIM and DMARC of the sender are judged. */
  readonly judgesSender?: Known<boolean>;
  /** From when the server's certificate is valid, as the last run saw it; ISO 8601. */
  readonly certificateValidFrom?: Known<string | null>;
  /** When the server's certificate expires, as the last run saw it; ISO 8601. */
  readonly certificateExpiresAt?: Known<string | null>;
  /** What the last run found, as stages with a status; null before the first. */
  readonly stages?: Known<readonly TestStage[] | null>;
}

export interface TestStage {
  readonly name: string;
  readonly status: string;
  readonly detail?: string | null;
  readonly remedy?: string | null;
}

/** A reference to a mailer or an alert source: its id when it is known, else whatever the attribute refers to in the configuration. */
export interface Link {
  /** The attribute of the resource that holds it: `plugin_id`. */
  readonly attribute: string;
  readonly id?: Known<string | null>;
}

/** Says what one resource of a type means; `values` are as in the plan or the state, unknown ones undefined. */
export type Describe = (values: Readonly<Record<string, unknown>>) => readonly TopologyNode[];
