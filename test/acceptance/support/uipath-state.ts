import type { Sandbox } from "../../../lib/sandbox";

interface UiPathState {
  readonly tenant: { readonly own: Readonly<Record<string, string>> };
  readonly organization: { readonly own: Readonly<Record<string, string>> };
  readonly host: { readonly own: Readonly<Record<string, string>> };
}

export const uipathIn = (sandbox: Sandbox): UiPathState => sandbox.state().systems["uipath"] as UiPathState;
