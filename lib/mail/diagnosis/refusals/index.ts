export { explainReply, explainReported, problemOf, type Explained } from "./explain";
export { recognizeProvider, type ProviderId } from "./providers";
export { parseImapRefusal } from "./parsed-refusal";
export { REFUSAL_STAGES, type RefusalStage, type Situation } from "./situation";
