import type { Sandbox } from "../../../lib/sandbox";

interface VropsState {
  readonly plugins: readonly unknown[];
  readonly rules: readonly unknown[];
}

const state = (sandbox: Sandbox) => sandbox.state().systems["vrops"] as VropsState;

export const pluginsIn = (sandbox: Sandbox): readonly unknown[] => state(sandbox).plugins;
export const rulesIn = (sandbox: Sandbox): readonly unknown[] => state(sandbox).rules;
