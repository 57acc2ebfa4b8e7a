/**
 * Loads what the first call to any system needs. Between configuring a provider and its first resource, Terraform expands
 * the configuration by itself (a third of a second for a thousand instances) and leaves this process nothing to do.
 */
export function warmUp(): void {
  // Whoever needs them loads them again and hears then why they cannot be loaded.
  setImmediate(() => void Promise.all([import("axios"), import("zod")]).catch(() => undefined));
}
