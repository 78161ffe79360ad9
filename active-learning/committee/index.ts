// Public names of the committee.
export {
  type Acquisition,
  acquisitions,
  errorReductions,
  marginScore,
  meanProbability,
  pickApart,
  scoreCandidates,
  voteEntropy,
} from './acquisition.ts'
export { type Committee, type CommitteeOptions, type Poll, poll, resumeCommittee, trainCommittee } from './committee.ts'
export { formatCommittee, inspectCommittee, type MemberReport, parseCommittee } from './committee-file.ts'
export { type Member, type MemberKind, type MemberModel, memberKinds } from './member.ts'
export { fitScaling, type Scaling, scalePoint } from './scaling.ts'
