import type { FlowNode, Link, MailerNode, RouteNode, TestNode } from "../core/topology";

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
export type Route = Omit<RouteNode, "via" | "forwardsTo"> &
  Place & {
    /** What it sends through. */
    readonly via: Connection;
    /** Whose routes decide further; absent when it tells its receivers itself. */
    readonly forwardsTo?: Connection;
  };
export type Test = TestNode & Place;

/** A link as far as it could be followed. */
export interface Connection {
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
}

export type { Link };
