/** The vendor's description of its API, which a system's traffic must comply with. */
export interface VendorContract {
  readonly format: "openapi" | "ovh";
  /** Names of files. Every file that has an operation must allow the traffic. */
  readonly files: readonly string[];
  /** The prefix of the paths in these files: `/suite-api`. */
  readonly base: RegExp;
  /** Paths that the vendor documents elsewhere, mostly for logging in. */
  readonly elsewhere?: readonly RegExp[];
  /** Violations where the vendor's file is known to be wrong or we differ on purpose, with the reason. */
  readonly excused?: readonly { readonly violation: RegExp; readonly because: string }[];
  /** Whether the simulator, which has this state, imitates the release of these files. @default always */
  readonly when?: (state: unknown) => boolean;
}
