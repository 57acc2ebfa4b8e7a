/** Something that exists in a simulated system, as the resource that would manage it knows it. */
export interface SimulatedObject {
  /** The resource type: "outbound_vrops_email_plugin". */
  readonly type: string;
  /** Equal to the resource's `id`. */
  readonly id: string;
  /** What people call it. */
  readonly name: string;
  /** Made by hand, or there from the beginning: not by a client of the API. */
  readonly foreign: boolean;
  /** Comes with something else, or is always there, so that being left over is no fault. @default false */
  readonly builtIn?: boolean;
  /** What it is set to, in the vendor's own words, secrets masked: equal before and after means untouched. */
  readonly settings: Readonly<Record<string, unknown>>;
}
