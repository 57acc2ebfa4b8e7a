import { join } from "node:path";
import type { SettingsWorld, SourcedText } from "../kit/settings";

/** The files that every OVHcloud tool reads; a later one overrides an earlier one, key by key. */
function ovhConfFiles(runtime: Pick<SettingsWorld, "homeDirectory" | "workingDirectory">): readonly string[] {
  return ["/etc/ovh.conf", join(runtime.homeDirectory, ".ovh.conf"), join(runtime.workingDirectory, "ovh.conf")];
}

/** The merged content of all `ovh.conf` files: section -> key -> value. */
export class OvhConf {
  private readonly sections = new Map<string, Map<string, SourcedText>>();

  constructor(private readonly world: Pick<SettingsWorld, "homeDirectory" | "workingDirectory" | "readFile" | "log">) {
    for (const file of ovhConfFiles(world)) {
      const text = this.read(file);
      if (text !== undefined) this.merge(text, file);
    }
  }

  get(section: string, key: string): SourcedText | undefined {
    return this.sections.get(section)?.get(key);
  }

  /**
   * Reads a file. An unreadable file counts as missing, as for OVHcloud's own tools: often only root may read /etc/ovh.conf.
   */
  private read(file: string): string | undefined {
    try {
      return this.world.readFile(file);
    } catch (error) {
      this.world.log.warn(`${file} cannot be read, and is left out`, { error });
      return undefined;
    }
  }

  private merge(text: string, file: string): void {
    let section = "";
    for (const line of text.replace(/^\uFEFF/, "").split(/\r?\n/)) {
      const content = line.replace(/(^|\s)[;#].*$/s, "").trim();
      if (content === "") continue;
      const heading = /^\[(.*)\]$/.exec(content)?.[1];
      if (heading !== undefined) {
        section = heading.trim();
        continue;
      }
      const [key, value] =
        /^([^=:]+)[=:](.*)$/
          .exec(content)
          ?.slice(1)
          .map((part) => part.trim()) ?? [];
      // An empty value counts as missing: templates contain them.
      if (key === undefined || !value) continue;
      if (!this.sections.has(section)) this.sections.set(section, new Map());
      this.sections.get(section)!.set(key.toLowerCase(), { value, source: file });
    }
  }
}
