"""What each position may see, and that the network learns."""

import math
import tempfile
import unittest
from pathlib import Path

import torch

from model import NO_BUCKET, InfillModel, ModelConfig, Rows, target_losses
from synthetic import write_corpus
from train import main

CONFIG = ModelConfig(tokens=50, features=9, width=32, layers=2, heads=2, kv_heads=1)
PREFIX, CONTEXT, SPAN = 3, 8, 5
HOLE_PLACE = 4


def build_rows() -> Rows:
    symbols = torch.arange(5, 5 + PREFIX + CONTEXT + SPAN)[None].clone()
    symbols[0, :PREFIX] = CONFIG.tokens + torch.arange(PREFIX)
    buckets = torch.full_like(symbols, NO_BUCKET)
    buckets[0, :PREFIX] = torch.tensor([1, 2, 3])
    pos1 = torch.tensor([[0] * PREFIX + list(range(1, CONTEXT + 1)) + [HOLE_PLACE] * SPAN])
    pos2 = torch.tensor([[0] * (PREFIX + CONTEXT) + list(range(1, SPAN + 1))])
    return Rows(symbols, buckets, pos1, pos2, torch.tensor([PREFIX + CONTEXT]))


def change(rows: Rows, place: int) -> Rows:
    symbols = rows.symbols.clone()
    symbols[0, place] = 40
    return rows._replace(symbols=symbols)


class ModelTest(unittest.TestCase):
    def setUp(self) -> None:
        torch.manual_seed(0)
        self.model = InfillModel(CONFIG).eval()
        with torch.no_grad():
            for parameter in self.model.parameters():
                if parameter.dim() > 1:
                    parameter.mul_(5)
            before = self.model(build_rows())
        self.before = before

    def moved(self, place: int) -> list[bool]:
        """Which positions' hidden states change with the symbol at `place`."""
        with torch.no_grad():
            after = self.model(change(build_rows(), place))
        return [bool(x) for x in ((after - self.before).abs().amax(-1)[0] > 1e-6)]

    def test_a_span_token_changes_only_itself_and_later_span_positions(self) -> None:
        place = PREFIX + CONTEXT + 2
        self.assertEqual(self.moved(place), [index >= place for index in range(PREFIX + CONTEXT + SPAN)])

    def test_right_context_and_prefix_change_every_position(self) -> None:
        self.assertTrue(all(self.moved(PREFIX + CONTEXT - 1)))
        self.assertTrue(all(self.moved(0)))

    def test_padding_changes_nothing(self) -> None:
        rows = build_rows()
        padded = Rows(*(torch.nn.functional.pad(field, (0, 6), value=NO_BUCKET if index == 1 else 0)
                        for index, field in enumerate(rows[:4])), rows.context_lengths)  # fmt: skip
        with torch.no_grad():
            after = self.model(padded)[:, : self.before.shape[1]]
        torch.testing.assert_close(after, self.before, rtol=1e-4, atol=1e-5)

    def test_positions_matter_for_context_tokens(self) -> None:
        rows = build_rows()
        with torch.no_grad():
            after = self.model(rows._replace(pos1=rows.pos1 * 2))
        self.assertGreater((after - self.before).abs().max().item(), 1e-4)

    def test_losses_are_those_of_the_named_places(self) -> None:
        hidden = torch.zeros(1, 4, CONFIG.width)
        losses = target_losses(self.model, hidden, torch.tensor([1, 3]), torch.tensor([7, 8]))
        torch.testing.assert_close(losses, torch.full((2,), math.log(CONFIG.tokens)))


class LearningTest(unittest.TestCase):
    def test_validation_bits_fall_on_synthetic_kernels(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            corpus = write_corpus(Path(folder) / "corpus")
            trainer = main([
                "--data", str(corpus), "--out", f"{folder}/run", "--steps", "60", "--width", "64", "--layers", "2",
                "--heads", "2", "--kv-heads", "1", "--batch-tokens", "2048", "--max-row", "400", "--workers", "0", "--valid-holes", "8",
                "--learning-rate", "5e-3", "--warmup-steps", "5", "--ema", "0.9", "--device", "cpu", "--log-steps", "20",
            ])  # fmt: skip
            self.assertLess(trainer.progress.best_bits, 3.5)  # log2(50 tokens) is 5.6
            self.assertTrue((Path(folder) / "run/weights-0.npz").exists())


if __name__ == "__main__":
    unittest.main()
