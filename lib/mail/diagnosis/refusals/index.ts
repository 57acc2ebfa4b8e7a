export { explainReply, explainSaid, problemOf, type Explained } from "./explain";
export { recognizeProvider, type ProviderId } from "./providers";
export { readImapSaid } from "./said";
export { REFUSAL_STAGES, type RefusalStage, type Situation } from "./situation";
