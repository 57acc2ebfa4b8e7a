import { join } from "node:path";
import type { Runtime } from "../kit/system";

/** Every OVHcloud tool reads these files; a later one overrides an earlier one, key by key. */
export function ovhConfFiles(runtime: Pick<Runtime, "homeDirectory" | "workingDirectory">): readonly string[] {
  return ["/etc/ovh.conf", join(runtime.homeDirectory, ".ovh.conf"), join(runtime.workingDirectory, "ovh.conf")];
}

/** A value and the file it stands in. */
export interface ConfValue {
  readonly value: string;
  readonly file: string;
}

/** The merged content of all `ovh.conf` files: section -> key -> value. */
export class OvhConf {
  private readonly sections = new Map<string, Map<string, ConfValue>>();

  constructor(runtime: Pick<Runtime, "homeDirectory" | "workingDirectory" | "readFile">) {
    for (const file of ovhConfFiles(runtime)) {
      const text = runtime.readFile(file);
      if (text !== undefined) this.merge(text, file);
    }
  }

  get(section: string, key: string): ConfValue | undefined {
    return this.sections.get(section)?.get(key);
  }

  private merge(text: string, file: string): void {
    let section = "";
    for (const line of text.replace(/^\uFEFF/, "").split(/\r?\n/)) {
      const content = line.replace(/(^|\s)[;#].*$/, "").trim();
      if (content === "") continue;
      const heading = /^\[(.*)\]$/.exec(content)?.[1];
      if (heading !== undefined) {
        section = heading.trim();
        continue;
      }
      const [, key, value] = /^([^=:]+?)\s*[=:]\s*(.*)$/.exec(content) ?? [];
      // An empty value is as good as none: templates are shipped with them.
      if (key === undefined || !value) continue;
      if (!this.sections.has(section)) this.sections.set(section, new Map());
      this.sections.get(section)!.set(key.toLowerCase(), { value, file });
    }
  }
}
