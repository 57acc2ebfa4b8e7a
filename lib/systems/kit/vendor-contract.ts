/** The vendor's description of its API that a system's traffic must keep to. */
export interface VendorContract {
  readonly format: "openapi" | "ovh";
  /** Names of files. Every one that has an operation must allow what was said. */
  readonly files: readonly string[];
  /** What stands before the paths of these files: `/suite-api`. */
  readonly base: RegExp;
  /** Paths that the vendor documents elsewhere: logging in, mostly. */
  readonly elsewhere?: readonly RegExp[];
  /** Where the vendor's file is known to be wrong or we differ on purpose, and why that is right. */
  readonly excused?: readonly { readonly violation: RegExp; readonly because: string }[];
  /** Whether the simulator, which shows this state, imitates the release of these files. @default always */
  readonly when?: (state: unknown) => boolean;
}
