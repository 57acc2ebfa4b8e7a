import type { Sandbox } from "../../../lib/sandbox";

interface UiPathState {
  readonly tenant: { readonly own: Readonly<Record<string, string>> };
  readonly organization: { readonly own: Readonly<Record<string, string>> };
  readonly host: { readonly own: Readonly<Record<string, string>> };
  readonly webhooks: readonly unknown[];
}

export const uipathIn = (sandbox: Sandbox): UiPathState => sandbox.state().systems["uipath"] as UiPathState;

export const uipathWebhooksIn = (sandbox: Sandbox): readonly unknown[] => uipathIn(sandbox).webhooks;
