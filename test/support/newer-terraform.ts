/**
 * The terraform that speaks of what this package's own minimum does not know yet (actions and list resources from 1.14, more of
 * both from 1.16): the one that `OUTBOUND_NEWER_TERRAFORM` names. Without it such tests are skipped, and say so.
 */
export const newerTerraform: string | undefined = process.env["OUTBOUND_NEWER_TERRAFORM"] || undefined;

/** `describe` where there is such a terraform; elsewhere skipped, with a line that says how it is not. */
export const describeWithNewerTerraform: jest.Describe = newerTerraform === undefined ? describe.skip : describe;

/** To be called once by each file of such tests. */
export function sayWhatIsSkipped(what: string): void {
  if (newerTerraform !== undefined) return;
  console.warn(`skipped: ${what} needs a terraform >= 1.14; name one in OUTBOUND_NEWER_TERRAFORM`);
}
