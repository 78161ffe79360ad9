"""Resuming, stopping, and exporting a run."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import torch

import export_onnx
from dataset import read_corpus
from model import InfillModel
from synthetic import write_corpus
from train import main, read_checkpoint
from weights import copy_weights, load_weights

TINY = ["--width", "32", "--layers", "2", "--heads", "2", "--kv-heads", "1", "--batch-tokens", "1024", "--max-row", "300",
        "--valid-holes", "2", "--log-steps", "2", "--device", "cpu"]  # fmt: skip


class RunTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.temporary = tempfile.TemporaryDirectory()
        cls.folder = Path(cls.temporary.name)
        cls.corpus = write_corpus(cls.folder / "corpus", kernels=60)

    @classmethod
    def tearDownClass(cls) -> None:
        cls.temporary.cleanup()

    def train(self, out: str, *more: str) -> None:
        main(["--data", str(self.corpus), "--out", str(self.folder / out), *TINY, *more])

    def state(self, out: str) -> dict:
        return read_checkpoint(self.folder / out / "checkpoint.pt")

    def test_a_resumed_run_equals_an_uninterrupted_one(self) -> None:
        schedule = ["--learning-rate", "1e-3", "--schedule", "wsd", "--warmup-steps", "1"]
        self.train("whole", "--steps", "40", "--workers", "0", "--checkpoint-steps", "17", *schedule)
        killed = self.folder / "killed"
        killed.mkdir()
        # The same run, stopped by a signal at its 17th step.
        script = ("import signal, os, train\n"
                  "take = train.Trainer.step\n"
                  "def step(self, batch):\n"
                  "    if self.progress.step == 16: os.kill(os.getpid(), signal.SIGTERM)\n"
                  "    return take(self, batch)\n"
                  "train.Trainer.step = step\n"
                  "train.main()\n")  # fmt: skip
        arguments = ["--data", str(self.corpus), "--out", str(killed), *TINY, "--steps", "40", "--workers", "0", *schedule]
        subprocess.run([sys.executable, "-c", script, *arguments], cwd=Path(__file__).parent, check=True, stdout=subprocess.DEVNULL)
        self.assertEqual(self.state("killed")["progress"]["step"], 17)
        self.train("killed", "--steps", "40", "--workers", "2", "--resume", *schedule)
        whole, resumed = self.state("whole"), self.state("killed")
        for name in ("model", "averaged"):
            for key, value in whole[name].items():
                torch.testing.assert_close(resumed[name][key], value, rtol=0, atol=0, msg=f"{name} {key}")
        with self.assertRaisesRegex(ValueError, "--seed: the run was begun with 1, received 2"):
            self.train("killed", "--steps", "41", "--workers", "0", "--resume", "--seed", "2", *schedule)
        self.assertEqual(resumed["progress"]["batch"], whole["progress"]["batch"])
        self.assertEqual(resumed["progress"]["tokens"], whole["progress"]["tokens"])

    def test_sigterm_to_the_whole_process_group_saves_and_ends(self) -> None:
        out = self.folder / "stopped"
        process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("train.py")), "--data", str(self.corpus), "--out", str(out), *TINY,
             "--steps", "100000", "--workers", "2"], stdout=subprocess.DEVNULL, start_new_session=True)  # fmt: skip
        deadline = time.monotonic() + 60
        while not (out / "metrics.jsonl").exists() and time.monotonic() < deadline:
            time.sleep(0.1)
        os.killpg(process.pid, signal.SIGTERM)
        self.assertEqual(process.wait(timeout=30), 0)
        self.assertGreater(self.state("stopped")["progress"]["step"], 0)

    def test_minutes_end_the_run_with_the_schedule(self) -> None:
        started = time.monotonic()
        self.train("timed", "--minutes", "0.1", "--total-minutes", "1000", "--workers", "0")
        self.assertLess(time.monotonic() - started, 30)
        self.assertTrue((self.folder / "timed/model-config.json").exists())

    def test_export_writes_graphs_that_share_one_weight_file(self) -> None:
        self.train("exported", "--steps", "2", "--workers", "0")
        sizes = []
        for flags in (["--full"], ["--int8"]):
            target = self.folder / f"onnx{flags[0]}"
            export_onnx.main(["--weights", str(self.folder / "exported"), "--data", str(self.corpus), "--out", str(target), *flags])
            size = (target / "weights.bin").stat().st_size
            sizes.append(size)
            for name in ("encoder", "decoder", *(["full"] if "--full" in flags else [])):
                graph = onnx.load(str(target / f"{name}.onnx"), load_external_data=False).graph
                stored = [tensor for tensor in graph.initializer if tensor.data_location == onnx.TensorProto.EXTERNAL]
                self.assertGreater(len(stored), 5)
                for tensor in stored:
                    place = {entry.key: entry.value for entry in tensor.external_data}
                    self.assertEqual(place["location"], "weights.bin")
                    self.assertLessEqual(int(place["offset"]) + int(place["length"]), size)
            reference = json.loads((target / "reference.json").read_text())
            model, config = load_weights(self.folder / "exported")
            self.assertEqual(np.shape(reference["logits"]), (5, model.config.tokens))
            self.assertEqual(config["step"], 2)
        self.assertLess(sizes[1], 0.8 * sizes[0])

    def test_starts_from_weights_of_another_vocabulary(self) -> None:
        self.train("first", "--steps", "2", "--workers", "0")
        other = write_corpus(self.folder / "other", kernels=60)
        vocabulary = json.loads((other / "vocab.json").read_text())
        vocabulary["tokens"][4:6] = ["unheard", vocabulary["tokens"][4]]  # one moves, one is new, one is gone
        (other / "vocab.json").write_text(json.dumps(vocabulary))
        first, _ = load_weights(self.folder / "first")
        corpus = read_corpus(other)
        model = InfillModel(first.config)
        own = model.symbol_embedding.weight[4].clone()
        details = copy_weights(self.folder / "first", model, corpus.vocabulary.tokens, corpus.feature_names)
        self.assertEqual(details["step"], 2)
        expected = first.symbol_embedding.weight.clone()
        expected[4:6] = torch.stack([own, first.symbol_embedding.weight[4]])
        torch.testing.assert_close(model.symbol_embedding.weight, expected)
        torch.testing.assert_close(model.layers[1].ffn_in.weight, first.layers[1].ffn_in.weight)
        with self.assertRaisesRegex(ValueError, "first has .* expected"):
            copy_weights(self.folder / "first", InfillModel(replace(first.config, layers=3)), (), ())

    def test_says_what_it_started_from_also_when_resumed(self) -> None:
        self.train("start", "--steps", "2", "--workers", "0")
        self.train("second", "--steps", "1", "--workers", "0", "--init", str(self.folder / "start"))
        self.train("second", "--steps", "2", "--workers", "0", "--resume")
        _, config = load_weights(self.folder / "second")
        self.assertEqual(config["started_from"]["step"], 2)
        self.assertEqual(config["started_from"]["corpus"], config["corpus"])


if __name__ == "__main__":
    unittest.main()
