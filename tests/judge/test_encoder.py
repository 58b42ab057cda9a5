"""The judgement encoder: what a reading holds, and what happens when its files are not right."""

import json
import shutil
import time
from pathlib import Path

import numpy as np
import pytest

from coach.errors import ModelError
from coach.judge.encoder import MODEL_FOLDER, Encoder, by_sentence, load_encoder
from coach.judge.encoder_text import Window

SHIPPED = pytest.mark.skipif(not (MODEL_FOLDER / "judge.onnx").is_file(), reason="no model is shipped")
QUESTION = "Tell me about a mistake that you made."
CLEAN = (
    "I was covering the ward at night and I wrote the dose for the wrong weight.",
    "I saw it when I signed the chart, stopped the pump and told my senior and the family.",
    "The child was fine, and since then I write the weight first and let the nurse read it back.",
)


def window(sentence: list[int]) -> Window:
    zeros = np.zeros(len(sentence), dtype=np.int64)
    return Window(zeros, np.array(sentence), zeros, zeros)


def test_tokens_are_summed_to_their_sentences() -> None:
    added = np.array([[9.0, 1.0, 2.0, 4.0, 9.0]])
    assert by_sentence([window([-1, 0, 0, 1, -1])], [added], 3).tolist() == [[3.0, 4.0, 0.0]]


def test_a_sentence_in_two_windows_counts_once() -> None:
    both = [window([0, 1]), window([1, 2])]
    assert by_sentence(both, [np.array([[1.0, 2.0]]), np.array([[4.0, 8.0]])], 3).tolist() == [[1.0, 3.0, 8.0]]


def test_a_missing_model_is_told_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"settings\.json cannot be read"):
        load_encoder(tmp_path)


def test_damaged_settings_are_told(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text('{"outputs": 3}', encoding="utf-8")
    with pytest.raises(ModelError, match="damaged"):
        load_encoder(tmp_path)


@SHIPPED
def test_a_changed_file_is_refused(tmp_path: Path) -> None:
    shutil.copytree(MODEL_FOLDER, tmp_path, dirs_exist_ok=True)
    (tmp_path / "judge.onnx").write_bytes(b"something else")
    with pytest.raises(ModelError, match=r"judge\.onnx is damaged"):
        load_encoder(tmp_path)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder()


@pytest.mark.model
@SHIPPED
class TestShipped:
    def test_readings_are_probabilities_with_a_share_for_every_sentence(self, encoder: Encoder) -> None:
        read = encoder.read(QUESTION, [], "behavioral", CLEAN)
        for name, reading in read.items():
            assert len(reading.sentences) == len(CLEAN)
            assert all(0 <= p <= 1 for p in reading.probabilities.values())
            if name != "question_kind":
                assert sum(reading.probabilities.values()) == pytest.approx(1.0, abs=1e-6)

    def test_a_complaint_is_seen_and_its_sentence_is_named(self, encoder: Encoder) -> None:
        spoken = [
            CLEAN[0],
            "Honestly that hospital is a disaster, the consultants there teach nobody and only shout.",
            *CLEAN[1:],
        ]
        before = encoder.read(QUESTION, [], "behavioral", CLEAN)["complaint"]
        after = encoder.read(QUESTION, [], "behavioral", spoken)["complaint"]
        assert after.probabilities["yes"] > before.probabilities["yes"] + 0.2
        assert int(np.argmax(after.sentences)) == 1

    def test_an_empty_answer_can_be_read(self, encoder: Encoder) -> None:
        assert encoder.read(QUESTION, [], "behavioral", [])["complaint"].sentences == ()

    def test_a_very_long_answer_is_read_in_windows(self, encoder: Encoder) -> None:
        read = encoder.read(QUESTION, [], "behavioral", CLEAN * 60)
        assert len(read["meandering"].sentences) == 180

    def test_the_same_answer_reads_the_same(self, encoder: Encoder) -> None:
        assert encoder.read(QUESTION, [], "behavioral", CLEAN) == encoder.read(QUESTION, [], "behavioral", CLEAN)

    def test_an_answer_of_250_words_costs_little_computing_time(self, encoder: Encoder) -> None:
        spoken = list(CLEAN) * 5
        encoder.read(QUESTION, [], "behavioral", spoken)
        begun = time.process_time()
        encoder.read(QUESTION, [], "behavioral", spoken)
        assert time.process_time() - begun < 0.5  # 0.06 s were measured, all threads together

    def test_settings_name_every_output_once(self) -> None:
        raw = json.loads((MODEL_FOLDER / "settings.json").read_text(encoding="utf-8"))
        assert len(set(raw["outputs"])) == len(raw["outputs"])
        assert set(raw["quiet"]) <= set(raw["outputs"])
