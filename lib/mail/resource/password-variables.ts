import { asAttribute, type NameOfSetting } from "../../core/prose";
import type { MailRuntime } from "../diagnosis/runtime";

/**
 * Remedies name the write-only passwords of a resource. Data sources and actions name environment variables instead, and have
 * no version that could be raised.
 */
export const asVariables =
  (name: NameOfSetting = asAttribute): NameOfSetting =>
  ({ setting, ...rest }) =>
    setting.endsWith("password_wo_version")
      ? undefined
      : name({ setting: setting.replace(/password_wo$/, "password_environment"), ...rest });

export const withVariables = (runtime: MailRuntime): MailRuntime => ({
  ...runtime,
  nameOfSetting: asVariables(runtime.nameOfSetting),
});
