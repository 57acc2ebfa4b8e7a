import type {
  AlertSourceNode,
  EscalationNode,
  FlowNode,
  MailerNode,
  MemberNode,
  RouteNode,
  TestNode,
} from "../core/topology";

/** The origin of a node: the resource that declares it, and its system. */
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
    /** The mailer that it sends through. */
    readonly via: FollowedLink;
    /** The mailer of another system whose routes decide further; absent when it notifies its receivers itself. */
    readonly forwardsTo?: FollowedLink;
    /** The step that raises the alerts; absent where the system has no such thing. */
    readonly of?: EscalationStep;
  };
export type Test = TestNode & Place;
export type AlertSource = AlertSourceNode & Place;
export type Escalation = Omit<EscalationNode, "of"> & Place & { readonly of: EscalationStep };
export type Member = Omit<MemberNode, "of"> & Place & { readonly of: EscalationStep };

/** A step of an alert source, as far as the reference to it could be followed. */
export interface EscalationStep {
  /** The address of the source; undefined when it is not in the stack or cannot be determined. */
  readonly source?: string;
  /** The given id, for sources outside the stack. */
  readonly id?: string | undefined;
  readonly step: number | null | undefined;
}

/** A link as far as it could be followed. */
export interface FollowedLink {
  /** The address of the mailer; undefined when it is not in the stack or cannot be determined. */
  readonly mailer?: string;
  /** The given id, for mailers outside the stack. */
  readonly id?: string | undefined;
}

/** The alert mail of one stack as a graph, before or after a change. All nodes are in the order of their addresses. */
export interface Topology {
  readonly flows: readonly Flow[];
  readonly mailers: readonly Mailer[];
  readonly routes: readonly Route[];
  readonly tests: readonly Test[];
  readonly sources: readonly AlertSource[];
  readonly escalations: readonly Escalation[];
  readonly members: readonly Member[];
}
