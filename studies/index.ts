// Public names of studies/: experiments with people, from the kernels that they see to what their answers say.

export { analyseStudy, type StudyAnswers } from './turing/analysis/analyse.ts'
export type { Analysis, Contrast } from './turing/analysis/analysis.ts'
export { analyseCounts, type CountedGroup, isCountsCsv, parseCountsCsv } from './turing/analysis/counts-csv.ts'
export { concludeInWords } from './turing/analysis/describe.ts'
export { readAnswers } from './turing/analysis/read-answers.ts'
export { reportNames, writeReport } from './turing/analysis/write-report.ts'
export { AnswerStore } from './turing/collector/answer-store.ts'
export { CollectorClient, type CollectorReply } from './turing/collector/client.ts'
export { type Collector, startCollector } from './turing/collector/collector.ts'
export type { ParticipantState, Score } from './turing/collector/messages.ts'
export type { CollectorOptions } from './turing/collector/options.ts'
export { readCollected } from './turing/collector/read-collected.ts'
export { type Fineness, finenesses } from './turing/export/bands.ts'
export {
  checkStudyFolder,
  type ExportStudyInput,
  type PreparedStudy,
  prepareStudy,
  studyFiles,
  writeStudy,
} from './turing/export/export-study.ts'
export { auditLeaks, type LeakAudit } from './turing/export/leak-audit.ts'
export type { StudyOptions } from './turing/export/options.ts'
export type { CorpusSource } from './turing/export/read-corpus.ts'
export { readTexts } from './turing/export/read-texts.ts'
export {
  type Parsed,
  parseAnswer,
  parseAnswerFile,
  parseKey,
  parseStudy,
  requireParsed,
} from './turing/parse.ts'
export { defaultResponseModel, type ResponseModel } from './turing/power/response-model.ts'
export { type Rehearsal, simulateAnswers } from './turing/power/simulate-answers.ts'
export {
  type RehearsalOptions,
  type RehearsedContrast,
  type RehearsedStudy,
  rehearse,
} from './turing/rehearsal/rehearse.ts'
export { type ContrastSummary, type Rate, type RehearsalSummary, sumUp } from './turing/rehearsal/sum-up.ts'
export { renderSite, type SiteOptions } from './turing/site/render-site.ts'
export {
  type Answer,
  type AnswerFile,
  type Confidence,
  type ExclusionRules,
  type ExperienceLevel,
  type KeyedCheck,
  type KeyedGroup,
  type KeyedKernel,
  type Label,
  labels,
  type Origin,
  type Pause,
  type PracticeItem,
  type Schedule,
  type Study,
  type StudyItem,
  type StudyKey,
  type StudyPlan,
  type StudyTexts,
  studyFormat,
} from './turing/study.ts'
export { readKey, readStudy } from './turing/study-folder.ts'
