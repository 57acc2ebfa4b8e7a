/** An existing object of a simulated system, as the resource that would manage it knows it. */
export interface SimulatedObject {
  /** The resource type: "outbound_vrops_email_plugin". */
  readonly type: string;
  /** Equal to the resource's `id`. */
  readonly id: string;
  /** The name that people use. */
  readonly name: string;
  /** Whether it was made by hand or existed from the beginning, not by a client of the API. */
  readonly foreign: boolean;
  /** Whether it comes with something else, or always exists, so that a leftover is no fault. @default false */
  readonly builtIn?: boolean;
  /** Its settings in the vendor's own words, secrets masked: equal before and after means untouched. */
  readonly settings: Readonly<Record<string, unknown>>;
}
