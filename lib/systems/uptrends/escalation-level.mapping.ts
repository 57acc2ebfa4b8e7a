import type { ChangedLevel, EscalationLevel } from "./contract";
import type { EscalationLevelState } from "./escalation-level.schema";

type State = EscalationLevelState;

/** The manageable fields of a level, with Uptrends' names. */
const WIRE = {
  enabled: "IsActive",
  mode: "EscalationMode",
  threshold_error_count: "ThresholdErrorCount",
  threshold_minutes: "ThresholdMinutes",
  number_of_reminders: "NumberOfReminders",
  reminder_delay_minutes: "ReminderDelay",
  message: "Message",
  include_trace_route: "IncludeTraceRoute",
} as const;

export type LevelField = keyof typeof WIRE;
export const LEVEL_FIELDS = Object.keys(WIRE) as readonly LevelField[];
/** The former values of a level that was taken over, by attribute. */
export type FoundLevel = Partial<Record<LevelField, string | number | boolean | null>>;

/** The state of a level. */
export function levelFields(held: EscalationLevel): Pick<State, LevelField> {
  return Object.fromEntries(LEVEL_FIELDS.map((name) => [name, valueOf(held, name)])) as Pick<State, LevelField>;
}

/** The body that changes the present values to the desired ones: only what differs, so that nothing else is touched. */
export function levelChanges(held: EscalationLevel, wanted: FoundLevel): ChangedLevel {
  const changed = LEVEL_FIELDS.filter((name) => {
    const value = wanted[name];
    return value !== null && value !== undefined && value !== valueOf(held, name);
  });
  return Object.fromEntries(changed.map((name) => [WIRE[name], wanted[name]])) as ChangedLevel;
}

/** The attributes that a configuration sets. */
export const declaredFields = (config: Readonly<Record<string, unknown>>): LevelField[] =>
  LEVEL_FIELDS.filter((name) => config[name] !== null && config[name] !== undefined);

/** The value of a field; no message and an empty one are the same. */
const valueOf = (held: EscalationLevel, name: LevelField) => held[WIRE[name]] ?? (name === "message" ? "" : null);
