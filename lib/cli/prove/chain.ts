import type { MailTest } from "../mail/mail-test";

/** One declared way of the mail, before it is tested. */
export interface Chain {
  /** The Terraform address of what declares it. */
  readonly address: string;
  /** The test to run; a reason where that is not possible. */
  readonly test: MailTest | { readonly unknown: string };
  /** The stage after which the test ends. @default at the last receiver, or with the mail */
  readonly lastStage?: string;
  /** Whether only the platform may reach the server: that this machine does not says nothing. @default false */
  readonly elsewhere?: boolean;
  /** What is not tested, and why; one sentence each. */
  readonly leftOut: readonly string[];
}
