"""Rows: slots, holes, features, positions, and the corpus reader."""

import math
import tempfile
import unittest
from pathlib import Path

import numpy as np

from dataset import HOLE_KINDS, length_bucket, read_corpus, value_bucket
from model import NO_BUCKET
from sampling import (BODY, RANDOM, SCRATCH, SPARE_SLOTS, Plan, PoolDataset, pack, plan_features, plan_hole, plan_prefix,
                      rename_slots, row_length)  # fmt: skip
from synthetic import write_corpus


class SamplingTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.folder = tempfile.TemporaryDirectory()
        cls.corpus = read_corpus(write_corpus(Path(cls.folder.name)))

    @classmethod
    def tearDownClass(cls) -> None:
        cls.folder.cleanup()

    def test_slots_are_permuted_within_their_class_and_nothing_else_moves(self) -> None:
        slots = self.corpus.vocabulary.slots
        tokens = np.arange(len(self.corpus.vocabulary.tokens), dtype=np.int16)
        renamed = [rename_slots(self.corpus, tokens, BODY, np.random.default_rng(seed)) for seed in range(40)]
        for table in renamed:
            moved = np.arange(table.size)
            for start, count in slots.values():
                self.assertEqual(sorted(table[start : start + count]), list(range(start, start + count)))
                moved[start : start + count] = -1
            fixed = np.flatnonzero(moved >= 0)
            np.testing.assert_array_equal(table[fixed], fixed)
        unchanged = sum(np.array_equal(table, tokens) for table in renamed)
        self.assertTrue(12 < unchanged < 36)  # more than half keep the canonical numbers
        scratch = [rename_slots(self.corpus, tokens, SCRATCH, np.random.default_rng(seed)) for seed in range(10)]
        self.assertTrue(all(np.array_equal(table, tokens) for table in scratch))

    def test_renaming_stays_near_the_slots_in_use(self) -> None:
        start, count = self.corpus.vocabulary.slots["v"]
        tokens = np.array([start, start + 1], np.int16)
        for seed in range(40):
            renamed = rename_slots(self.corpus, tokens, RANDOM, np.random.default_rng(seed))
            self.assertTrue(((renamed >= start) & (renamed < start + min(count, 2 + SPARE_SLOTS))).all())

    def test_a_packed_row_puts_the_kernel_back_together(self) -> None:
        vocabulary = self.corpus.vocabulary
        kernel, start, end = 3, 10, 17
        features = np.array([0, 6, 70])
        tokens = int(self.corpus.lengths()[kernel])
        length = row_length(tokens, features.size)
        batch = pack(self.corpus, [Plan(kernel, start, end, 0, features, length)], 2, length + 5, np.random.default_rng(1))
        symbols, buckets, pos1, pos2 = batch.rows[:, 0]
        context = int(batch.context_lengths[0])
        span_length = end - start
        self.assertEqual(context, features.size + tokens - span_length + 1)
        np.testing.assert_array_equal(symbols[:3], len(vocabulary.tokens) + features)
        np.testing.assert_array_equal(buckets[:3], self.corpus.buckets[kernel, features])
        self.assertTrue((buckets[3:] == NO_BUCKET).all())
        hole = 3 + start
        self.assertEqual(symbols[hole], vocabulary.special["HOLE"])
        self.assertEqual(symbols[context], vocabulary.special["START"])
        np.testing.assert_array_equal(pos1[3:context], np.arange(1, context - 2))
        self.assertTrue((pos1[context:length] == pos1[hole]).all())
        np.testing.assert_array_equal(pos2[context:length], np.arange(1, span_length + 2))
        np.testing.assert_array_equal(batch.places, np.arange(context, length))
        self.assertEqual(batch.targets[-1], vocabulary.special["ENDHOLE"])
        np.testing.assert_array_equal(batch.targets[:-1], symbols[context + 1 : length])
        rebuilt = np.concatenate([symbols[3:hole], batch.targets[:-1], symbols[hole + 1 : context]])
        first, last = self.corpus.token_offsets[kernel : kernel + 2]
        expected = rename_slots(self.corpus, self.corpus.tokens[first:last], 0, np.random.default_rng(1))
        np.testing.assert_array_equal(rebuilt, expected)

    def test_hole_kinds_come_in_the_stated_shares(self) -> None:
        rng = np.random.default_rng(0)
        draws = [plan_hole(self.corpus, 3, rng) for _ in range(4000)]  # kernel 3 has a scratch span
        shares = np.bincount([kind for _, _, kind in draws], minlength=len(HOLE_KINDS)) / len(draws)
        self.assertAlmostEqual(shares[HOLE_KINDS.index("scratch")], 0.60, delta=0.03)
        self.assertAlmostEqual(shares[HOLE_KINDS.index("body")], 0.05, delta=0.02)
        self.assertAlmostEqual(shares[RANDOM], 0.10, delta=0.025)
        self.assertAlmostEqual(shares[HOLE_KINDS.index("loop-body")], 0.05, delta=0.02)
        lengths = [end - start for start, end, kind in draws if kind == RANDOM]
        self.assertGreaterEqual(min(lengths), 0)
        self.assertLessEqual(max(lengths), 0.9 * self.corpus.lengths()[3])

    def test_features_are_dropped_and_absent_spaces_never_given(self) -> None:
        rng = np.random.default_rng(0)
        draws = [plan_features(self.corpus, 0, rng) for _ in range(2000)]  # kernel 0 has no autophase
        self.assertAlmostEqual(np.mean([ids.size == 0 for ids in draws]), 0.3, delta=0.04)
        self.assertTrue(all((ids < 78).all() and (np.diff(ids) > 0).all() for ids in draws))
        self.assertTrue(any(0 < ids.size < 8 for ids in draws))

    def test_a_row_may_be_told_how_long_its_span_is(self) -> None:
        rng = np.random.default_rng(0)
        length = self.corpus.length_feature
        draws = [plan_prefix(self.corpus, 0, rng) for _ in range(2000)]
        self.assertAlmostEqual(np.mean([length in ids for ids in draws]), 0.5, delta=0.04)
        plan = Plan(3, 10, 17, 0, np.array([0, length]), row_length(int(self.corpus.lengths()[3]), 2))
        batch = pack(self.corpus, [plan], 1, plan.length, rng)
        self.assertEqual(batch.rows[1, 0, 1], length_bucket(7))
        self.assertEqual([length_bucket(tokens) for tokens in (0, 1, 3, 100, 600)], [0, 3, 6, 20, 28])

    def test_pools_repeat_and_keep_their_shape(self) -> None:
        pools = PoolDataset(self.corpus, seed=5, batch_tokens=2048, max_row=400, length_multiple=64)
        first, again = pools[2], PoolDataset(self.corpus, 5, 2048, 400, 64)[2]
        for left, right in zip(first, again):
            for a, b in zip(left, right):
                np.testing.assert_array_equal(a, b)
        for batch in first:
            _, rows, length = batch.rows.shape
            self.assertEqual(length % 64, 0)
            self.assertEqual(rows, 2048 // length)
        self.assertFalse(np.array_equal(first[0].rows, pools[3][0].rows))

    def test_the_cache_gives_the_same_corpus(self) -> None:
        again = read_corpus(self.folder.name)
        np.testing.assert_array_equal(again.tokens, self.corpus.tokens)
        np.testing.assert_array_equal(again.spans, self.corpus.spans)
        self.assertEqual(again.digest, self.corpus.digest)


class ValueBucketTest(unittest.TestCase):
    def test_small_counts_are_their_own_bucket(self) -> None:
        self.assertEqual([value_bucket(v, False) for v in range(33)], list(range(33)))

    def test_large_counts_are_logarithmic_and_clamped(self) -> None:
        self.assertEqual(value_bucket(64, False), 40)
        self.assertEqual(value_bucket(1000, False), 32 + math.floor(8 * math.log2(1000 / 32) + 0.5))
        self.assertEqual(value_bucket(1e12, False), 200)

    def test_ratios_have_their_own_buckets(self) -> None:
        self.assertEqual(value_bucket(0, True), 201)
        self.assertEqual(value_bucket(1, True), 201 + math.floor(8 * math.log2(9) + 0.5))
        self.assertEqual(value_bucket(1e9, True), 255)


if __name__ == "__main__":
    unittest.main()
