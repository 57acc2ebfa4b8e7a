import type { DeclaredCode } from "../declared";
import { binding, linesOf, type Binding, type Normaliser } from "./binding";

/**
 * Code that the plan declares and the synthesised configuration does not describe better: in modules, in HCL, and where
 * a file overrides another.
 */
export function bindingsOfDeclared(
  declared: readonly DeclaredCode[],
  written: readonly Binding[],
  normaliser: Normaliser,
): Binding[] {
  // An override has the names of the block that it replaces.
  const overridden = written.some(({ kind, name }) => kind === "file" && OVERRIDE.test(name));
  const told = new Set(overridden ? [] : written.map(({ name }) => name));
  return declared
    .filter(({ name }) => !told.has(name))
    .map(({ kind, name, settings }) => {
      const value = normaliser.value(settings);
      const lines = [...linesOf(value), ...(CONNECTED.test(name) ? [CONNECTION] : [])];
      return binding(kind === "provider" ? "provider" : "provisioner", name, value, lines);
    });
}

/** A file in the stack's folder itself. */
const OVERRIDE = /^([^/]*_)?override\.(tf|tofu)(\.json)?$/;

/** Provisioners that connect to another machine. */
const CONNECTED = /: (remote-exec|file)$/;
const CONNECTION = "its connection is not in the plan: see the code";
