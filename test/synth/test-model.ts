// A model for tests: the shipped one under model/ where it is there, else a tiny random one that the trainer's export
// writes into a temporary folder (random weights write nonsense, but by the same graphs and caches).

import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packagePath } from '../../kernels/index.ts'
import { writeTrainingData } from '../../synth/index.ts'
import { seedForms } from './seed-forms.ts'

const program = `
import json, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
import torch
from dataset import corpus_digest
from export_onnx import main
from model import InfillModel, ModelConfig
from weights import save_weights
torch.manual_seed(1)
folder = Path(sys.argv[2])
features = len(json.loads((folder / "features.json").read_text()))
vocabulary = json.loads((folder / "vocab.json").read_text())
tokens = len(vocabulary["tokens"])
model = InfillModel(ModelConfig(tokens=tokens, features=features, width=32, layers=2, heads=2, kv_heads=1))
with torch.no_grad():
    for parameter in model.parameters():
        parameter.add_(0.05 * torch.randn_like(parameter))
    model.bucket_embedding.weight[-1].zero_()  # stays so in training: padding
save_weights(folder, model, {"special": vocabulary["special"], "max_row": 512, "corpus": {"sha256": corpus_digest(folder)}})
main(["--weights", str(folder), "--data", str(folder), "--out", str(folder), "--name", "tiny"])
`

export interface TestModel {
  readonly folder: string
  /** To be removed after the tests. */
  readonly isTemporary: boolean
  /** What PyTorch computed without caches, where the export's file is there. */
  readonly reference: Reference | undefined
}

/** As `export_onnx.py` writes it; one hole. */
export interface Reference {
  readonly feature_ids: readonly number[]
  readonly feature_buckets: readonly number[]
  readonly token_ids: readonly number[]
  readonly span_ids: readonly number[]
  /** `[span position][token]` */
  readonly logits: readonly (readonly number[])[]
  /** By how much a log-probability may differ; default 0.02. */
  readonly tolerance?: number
}

export function shippedModel(): TestModel | undefined {
  const folder = packagePath('model')
  return existsSync(join(folder, 'model.json')) ? describeModel(folder, false) : undefined
}

/** The random model, or why it cannot be made here, in words. */
export async function makeTinyModel(): Promise<TestModel | string> {
  const folder = mkdtempSync(join(tmpdir(), 'benchsteer-model-'))
  const origin = { features: {}, repository: 'benchsteer', licence: 'Apache-2.0', split: 'train' } as const
  const kernels = seedForms.slice(0, 60).map(({ key, text, tokens }) => ({ key, text, tokens, ...origin }))
  await writeTrainingData(kernels, folder)
  const args = ['-c', program, packagePath('synth', 'train'), folder]
  const { status, stderr } = spawnSync('/usr/bin/python3', args, { encoding: 'utf8' })
  if (status === 0) return describeModel(folder, true)
  rmSync(folder, { recursive: true, force: true })
  const reason = stderr?.trim().split('\n').at(-1) ?? 'no /usr/bin/python3'
  return `no model/ and none could be made (apt-get install python3-torch): ${reason}`
}

function describeModel(folder: string, isTemporary: boolean): TestModel {
  const path = join(folder, 'reference.json')
  const reference = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Reference) : undefined
  return { folder, isTemporary, reference }
}
