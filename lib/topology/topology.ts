import type {
  AlertSourceNode,
  EscalationNode,
  FlowNode,
  MailerNode,
  MemberNode,
  RouteNode,
  TestNode,
} from "../core/topology";

/** Where a node stands: which resource says it, and whose it is. */
export interface Place {
  /** The Terraform address. */
  readonly address: string;
  /** The system's name in the provider's configuration: `vrops`; `mail` for test mails. */
  readonly system: string;
  /** "VMware Aria Operations (vROps)" */
  readonly title: string;
}

export type Flow = FlowNode & Place;
export type Mailer = MailerNode & Place;
export type Route = Omit<RouteNode, "via" | "forwardsTo" | "of"> &
  Place & {
    /** What it sends through. */
    readonly via: FollowedLink;
    /** Whose routes decide further; absent when it tells its receivers itself. */
    readonly forwardsTo?: FollowedLink;
    /** What raises the alerts; absent where the system has no such thing. */
    readonly of?: EscalationStep;
  };
export type Test = TestNode & Place;
export type AlertSource = AlertSourceNode & Place;
export type Escalation = Omit<EscalationNode, "of"> & Place & { readonly of: EscalationStep };
export type Member = Omit<MemberNode, "of"> & Place & { readonly of: EscalationStep };

/** A step of an alert source, as far as the reference to it could be followed. */
export interface EscalationStep {
  /** The source's address; undefined when it is not in the stack or cannot be told. */
  readonly source?: string;
  /** The id that was said, for sources outside of the stack. */
  readonly id?: string | undefined;
  readonly step: number | null | undefined;
}

/** A link as far as it could be followed. */
export interface FollowedLink {
  /** The mailer's address; undefined when it is not in the stack or cannot be told. */
  readonly mailer?: string;
  /** The id that was said, for mailers outside of the stack. */
  readonly id?: string | undefined;
}

/** The way of the alerts of one stack, before or after a change. Everything is in the order of its address. */
export interface Topology {
  readonly flows: readonly Flow[];
  readonly mailers: readonly Mailer[];
  readonly routes: readonly Route[];
  readonly tests: readonly Test[];
  readonly sources: readonly AlertSource[];
  readonly escalations: readonly Escalation[];
  readonly members: readonly Member[];
}
