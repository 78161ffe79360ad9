// `benchsteer bench NAME` (`npm run bench -- NAME`): the measurements behind the figures in docs/log.md. Not tests:
// nothing here passes or fails.

import type { CommandGroup } from '../command.ts'
import { calibrateBench } from './calibrate.ts'
import { compileBench } from './compile.ts'
import { decoderBench } from './decoder.ts'
import { deviceBench } from './device.ts'
import { enduranceBench } from './endurance.ts'
import { explorerBench } from './explorer/explorer.ts'
import { featuresBench } from './features.ts'
import { hostileBench } from './hostile.ts'
import { modelBench } from './model.ts'
import { modelledBench } from './modelled.ts'
import { publishedBench } from './published.ts'
import { repeatabilityBench } from './repeatability.ts'
import { steeringBench } from './steering.ts'
import { validationBench } from './validation.ts'

export const benchCommands: CommandGroup = {
  name: 'bench',
  summary: 'Measure speed and reach on this machine.',
  commands: [
    steeringBench,
    modelBench,
    decoderBench,
    compileBench,
    featuresBench,
    deviceBench,
    enduranceBench,
    explorerBench,
    hostileBench,
    validationBench,
    repeatabilityBench,
    calibrateBench,
    modelledBench,
    publishedBench,
  ],
}
