"""Frames that broke real tools, by kind: for any test that says "whatever the user has, …".

`NASTY[kind]()` makes a fresh frame; the same call gives the same frame.
"""

from __future__ import annotations

import datetime as dt
import decimal
import fractions
import uuid
from collections.abc import Callable
from typing import ClassVar

import numpy as np
import pandas as pd

Frame = pd.DataFrame
NASTY: dict[str, Callable[[], Frame]] = {}
HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "=HYPERLINK(0)",
    "{f.__class__}",
    "$$x$$",
    "`rm -rf`",
    "a|b",
    "\x1b[31mred\x1b[0m",
    "\u202eabc",
    "nul\x00",
    "line\u2028break",
    '"; drop table x',
    "%s%n::",
    "a.b[c]~=(d)",
    "[x](javascript:alert(1))",
)


def _random() -> np.random.Generator:
    return np.random.default_rng(0)


def nasty(make: Callable[[], Frame]) -> Callable[[], Frame]:
    NASTY[make.__name__] = make
    return make


# --- shapes -------------------------------------------------------------------------------------------


@nasty
def empty() -> Frame:
    return Frame()


@nasty
def zero_rows_typed() -> Frame:
    return Frame(
        {
            "a": pd.Series([], dtype="float64"),
            "b": pd.Series([], dtype="str"),
            "c": pd.Series([], dtype="datetime64[ns]"),
        }
    )


@nasty
def rows_without_columns() -> Frame:
    return Frame(index=range(5))


@nasty
def one_cell() -> Frame:
    return Frame({"a": ["x"]})


@nasty
def one_number() -> Frame:
    return Frame({"a": [1.5]})


@nasty
def ten_rows() -> Frame:
    return Frame({"a": np.arange(10), "b": list("abcdefghij"), "c": [None] * 10})


@nasty
def two_thousand_columns() -> Frame:
    return Frame(_random().normal(size=(12, 2000)), columns=[f"c{i}" for i in range(2000)])


@nasty
def many_rows() -> Frame:
    random = _random()
    return Frame({"a": random.normal(size=60_000), "b": random.choice(["x", "y"], 60_000)})


# --- labels -------------------------------------------------------------------------------------------


def _labelled(labels: list[object]) -> Frame:
    frame = Frame(_random().normal(size=(30, len(labels))))
    frame.columns = pd.Index(labels, dtype=object)
    return frame


@nasty
def duplicate_labels() -> Frame:
    return _labelled(["a", "a", "a (column 2)", "b", "a"])


@nasty
def duplicate_labels_mixed_dtypes() -> Frame:
    return pd.concat(
        [Frame({"a": range(30)}), Frame({"a": list("xy") * 15}), Frame({"a": [True, None] * 15})], axis=1
    )


@nasty
def multiindex_columns() -> Frame:
    return Frame(_random().normal(size=(30, 4)), columns=pd.MultiIndex.from_product([["a", "b"], ["x", 1]]))


@nasty
def labels_of_many_types() -> Frame:
    labels = [
        1,
        1.5,
        True,
        None,
        np.nan,
        ("t", 1),
        dt.date(2024, 1, 1),
        pd.Timestamp("2024"),
        b"bytes",
        frozenset({1}),
        "",
    ]
    return _labelled(labels)


@nasty
def integer_labels() -> Frame:
    return Frame(_random().normal(size=(30, 3)))


@nasty
def reserved_looking_labels() -> Frame:
    return _labelled(
        [
            "count",
            "index",
            "Unnamed: 0",
            "level_0",
            "__class__",
            "rows",
            "target",
            "columns",
            "prediction_x",
            "None",
        ]
    )


@nasty
def hostile_labels() -> Frame:
    return _labelled([*HOSTILE, " ", "\n", "x" * 5000])


@nasty
def surrogate_label() -> Frame:
    return _labelled(["\ud800", "ok"])


@nasty
def labels_that_mean_something_elsewhere() -> Frame:
    chart = [
        "price.usd",
        "price[0]",
        "price:Q",
        "price-net",
        "it's",
        'say "x"',
        "~a=(b)",
        "%d::x",
        "$0 - $10",
    ]
    sql = ["select", "Order", '"', '""; DROP TABLE t; --', "a`b", "a\\b", "*", "1", " a", "a "]
    return _labelled([*chart, *sql])


@nasty
def interval_labels() -> Frame:
    return Frame(_random().normal(size=(30, 3)), columns=pd.interval_range(0, 3))


# --- indexes ------------------------------------------------------------------------------------------


def _indexed(index: pd.Index) -> Frame:
    return Frame({"a": _random().normal(size=len(index)), "b": ["x"] * len(index)}, index=index)


@nasty
def index_named_like_a_column() -> Frame:
    return _indexed(pd.Index(range(30), name="a"))


@nasty
def string_index() -> Frame:
    return _indexed(pd.Index([f"r{i}" for i in range(30)]))


@nasty
def mixed_type_index() -> Frame:
    return _indexed(pd.Index([1, "a", None, 2.5, dt.date(2024, 1, 1)] * 6, dtype=object))


@nasty
def repeated_index() -> Frame:
    return _indexed(pd.Index([0] * 30))


@nasty
def gappy_index() -> Frame:
    return _indexed(pd.Index([0, 1, 5, 3, -7, 10**12] * 5))


@nasty
def broken_datetime_index() -> Frame:
    days = [pd.NaT, *pd.to_datetime(["2024-03-01", "2024-01-01", "2024-01-01", "1999-01-01"])]
    return _indexed(pd.DatetimeIndex(days * 6, name="day"))


@nasty
def period_index() -> Frame:
    return _indexed(pd.period_range("2020-01", periods=30, freq="M"))


@nasty
def multiindex_rows() -> Frame:
    return _indexed(pd.MultiIndex.from_arrays([[1, None] * 15, ["a", "b", None] * 10]))


# --- missing and infinite -----------------------------------------------------------------------------


@nasty
def all_missing_every_dtype() -> Frame:
    dtypes = (
        "float64",
        "Int64",
        "boolean",
        "string",
        "datetime64[ns]",
        "timedelta64[ns]",
        "object",
        "category",
        "datetime64[ns, UTC]",
    )
    return Frame({f"c{i}": pd.Series([None] * 30).astype(dtype) for i, dtype in enumerate(dtypes)})


@nasty
def every_kind_of_null() -> Frame:
    cells = [None, np.nan, pd.NaT, pd.NA, decimal.Decimal("NaN"), np.datetime64("NaT"), "x"] * 6
    return Frame({"a": pd.Series(cells, dtype=object)})


@nasty
def signalling_nan() -> Frame:
    return Frame({"a": pd.Series([decimal.Decimal("sNaN"), decimal.Decimal(1)] * 20, dtype=object)})


@nasty
def only_infinities() -> Frame:
    return Frame({"a": [np.inf, -np.inf] * 20, "b": [np.inf] * 40})


@nasty
def some_infinities() -> Frame:
    return Frame({"a": [1.0, np.inf, np.nan, -np.inf, 2.0] * 20})


@nasty
def disguised_missing_text() -> Frame:
    return Frame({"a": [" NA", "12", "13", "?", ""] * 20})


# --- numbers ------------------------------------------------------------------------------------------


@nasty
def nullable_dtypes() -> Frame:
    cells = [1, None, 0] * 20
    return Frame({d: pd.Series(cells, dtype=d) for d in ("Int64", "UInt8", "Float32", "boolean", "string")})


@nasty
def bool_as_object() -> Frame:
    return Frame({"a": pd.Series([True, None, False, np.nan] * 15, dtype=object)})


@nasty
def decimals() -> Frame:
    cells = [decimal.Decimal(i) / 7 for i in range(59)] + [decimal.Decimal("1e400")]
    return Frame({"a": pd.Series(cells, dtype=object)})


@nasty
def rationals() -> Frame:
    return Frame({"a": pd.Series([fractions.Fraction(i, 7) for i in range(60)], dtype=object)})


@nasty
def narrow_dtypes() -> Frame:
    dtypes = ("int8", "uint8", "float16", "float32", "int16", "uint64")
    return Frame({d: np.arange(60).astype(d) for d in dtypes})


@nasty
def snowflake_ids() -> Frame:
    return Frame({"id": np.arange(60) + 700_000_000_000_000_000})


@nasty
def int64_extremes() -> Frame:
    ends = np.iinfo(np.int64)
    return Frame({"a": [ends.min, 0, ends.max] * 20, "b": np.array([0, 2**64 - 1] * 30, dtype="uint64")})


@nasty
def float_extremes() -> Frame:
    return Frame({"a": [1e308, -1e308, 5e-324, 0.0, -0.0] * 12, "b": [1e308] * 60})


@nasty
def python_big_integers() -> Frame:
    return Frame(
        {
            "a": pd.Series([10**30, -(10**400), 7] * 20, dtype=object),
            "b": pd.Series([10**5000] * 60, dtype=object),
        }
    )


@nasty
def bin_explosion() -> Frame:
    return Frame({"a": [0.0] * 9 + [1e-300] + [1e300]})


@nasty
def two_valued_integer() -> Frame:
    return Frame({"y": [1, 2] * 30, "x": np.arange(60)})


@nasty
def complex_numbers() -> Frame:
    return Frame({"a": np.arange(60) * 1j})


@nasty
def leading_zero_codes() -> Frame:
    return Frame({"a": pd.Categorical([f"{i:05d}" for i in range(60)]), "b": [f"{i:05d}" for i in range(60)]})


@nasty
def sparse_columns() -> Frame:
    return Frame({"a": pd.arrays.SparseArray([0.0] * 58 + [1.0, np.nan])})


# --- text ---------------------------------------------------------------------------------------------


@nasty
def text_columns_only() -> Frame:
    return Frame({"a": list("xyz") * 20, "b": [f"word {i}" for i in range(60)]})


@nasty
def html_text() -> Frame:
    return Frame({"a": list(HOSTILE) * 4, "b": [f"{text} {i}" for i, text in enumerate(HOSTILE * 4)]})


@nasty
def surrogate_text() -> Frame:
    return Frame({"a": pd.Series(["\ud800", "\udfff x", "ok"] * 20, dtype=object)})


@nasty
def exotic_unicode_text() -> Frame:
    return Frame({"a": ["\ue000", "👩‍👩‍👧", "\U0001fae8", "e\u0301", "ﷺ", "\u200b"] * 10})


@nasty
def mathtext_text() -> Frame:
    return Frame({"a": ["$$x$$", "$0 - $10", "\\(y\\)", "_a_ *b*"] * 15, "$y$": range(60)})


@nasty
def very_long_text() -> Frame:
    return Frame({"a": ["x" * 2_000_000, "a@" * 200_000, "1" * 300_000, "<a " * 100_000, "(" * 50_000] * 2})


@nasty
def string_dtypes() -> Frame:
    cells = ["a", None, "b"] * 20
    return Frame(
        {
            "a": pd.Series(cells, dtype="string"),
            "b": pd.Series(cells, dtype="str"),
            "c": pd.Series(cells, dtype=object),
        }
    )


@nasty
def bytes_values() -> Frame:
    return Frame({"a": pd.Series([b"\xff\xfe", b"", None] * 20, dtype=object)})


# --- dates --------------------------------------------------------------------------------------------


@nasty
def out_of_range_dates() -> Frame:
    days = [
        dt.datetime(6200, 1, 1),
        dt.datetime(1601, 1, 1),
        dt.datetime(2275, 6, 7),
        dt.date.max,
        dt.date.min,
        None,
    ]
    return Frame({"a": pd.Series(days * 10, dtype=object)})


@nasty
def constant_and_far_dates() -> Frame:
    return Frame(
        {"a": pd.to_datetime(["1900-01-01", "1934-05-06"] * 30), "b": pd.to_datetime(["2024-01-01"] * 60)}
    )


@nasty
def dates_of_many_kinds() -> Frame:
    cells = [
        dt.date(2024, 1, 1),
        dt.datetime(2024, 1, 1, 3),
        pd.Timestamp("2024-02-02", tz="UTC"),
        np.datetime64("2024-03-03"),
    ]
    return Frame({"a": pd.Series(cells * 15, dtype=object)})


@nasty
def mixed_time_zones() -> Frame:
    zone = dt.timezone(dt.timedelta(hours=5))
    cells = [
        dt.datetime(2024, 1, 1, tzinfo=zone),
        dt.datetime(2024, 1, 2, tzinfo=dt.UTC),
        dt.datetime(2024, 1, 3),
    ]
    return Frame({"a": pd.Series(cells * 20, dtype=object)})


@nasty
def several_zone_columns() -> Frame:
    days = pd.date_range("2024-01-01", periods=60)
    return Frame({"a": days.tz_localize("UTC"), "b": days.tz_localize("Asia/Tokyo"), "c": days})


@nasty
def times_of_day() -> Frame:
    return Frame({"a": pd.Series([dt.time(h % 24, 5) for h in range(60)], dtype=object)})


@nasty
def timedeltas() -> Frame:
    return Frame(
        {
            "a": pd.to_timedelta(np.arange(60), unit="h"),
            "b": pd.Series([dt.timedelta(days=9), None] * 30, dtype=object),
        }
    )


@nasty
def periods() -> Frame:
    return Frame({"a": pd.period_range("2020-01", periods=60, freq="M")})


@nasty
def impossible_text_dates() -> Frame:
    return Frame({"a": ["2024-02-30", "2024-13-01", "9999-12-31", "0000-00-00", "2024-01-01"] * 12})


# --- categories and strange cells ---------------------------------------------------------------------


@nasty
def unused_levels() -> Frame:
    return Frame({"a": pd.Categorical(["x", "y", None] * 20, categories=["x", "y", "z", "w"])})


@nasty
def strange_levels() -> Frame:
    return Frame({"a": pd.cut(np.arange(60), 4), "b": pd.Categorical([1, "a", 2.5, (1, 2)] * 15)})


@nasty
def singleton_class() -> Frame:
    return Frame({"y": ["a"] * 58 + ["b", None], "x": np.arange(60)})


@nasty
def everything_in_one_column() -> Frame:
    cells = [
        1,
        "C123",
        None,
        2.5,
        True,
        dt.date(2024, 1, 1),
        b"x",
        decimal.Decimal(1),
        dt.timedelta(1),
        np.int8(3),
    ]
    return Frame({"a": pd.Series(cells * 6, dtype=object)})


@nasty
def lists() -> Frame:
    return Frame({"a": [[1, 2], [], None] * 20, "b": range(60)})


@nasty
def dicts_and_sets() -> Frame:
    return Frame({"a": [{"k": 1}, {1, 2}, ()] * 20})


@nasty
def arrays_in_cells() -> Frame:
    return Frame({"a": pd.Series([np.arange(3), np.zeros((2, 2)), None] * 20, dtype=object)})


@nasty
def frames_as_cells() -> Frame:
    return Frame({"a": pd.Series([Frame({"x": [1]}), pd.Series([1]), None] * 10, dtype=object)})


@nasty
def self_containing_cell() -> Frame:
    loop: list[object] = []
    loop.append(loop)
    return Frame({"a": pd.Series([loop] * 30, dtype=object)})


class Place:
    """Like a geometry: an array, a mapping and a picture of itself, all at once."""

    geom_type = "Point"
    __geo_interface__: ClassVar[dict[str, object]] = {"type": "Point", "coordinates": (13.4, 52.5)}

    def __array__(self, *_: object, **__: object) -> np.ndarray:
        return np.array([13.4, 52.5])

    def __iter__(self) -> object:
        raise TypeError("a point is no collection")

    def _repr_svg_(self) -> str:
        return "<svg/>"


@nasty
def geometry_like() -> Frame:
    return Frame({"a": pd.Series([*(Place() for _ in range(59)), None], dtype=object), "b": range(60)})


@nasty
def attrs_with_a_frame() -> Frame:
    frame = Frame({"a": range(30)})
    frame.attrs["inner"] = Frame({"x": [1]})
    return frame


@nasty
def python_things() -> Frame:
    return Frame({"a": pd.Series([object, len, uuid.UUID(int=7), ..., range(3), 1j] * 10, dtype=object)})


class Opinionated:
    """A cell that fights back; whoever runs any of this has run the user's code."""

    def _fail(self, *_: object) -> bool:
        raise RuntimeError("a cell was run")

    __repr__ = __str__ = __eq__ = __ne__ = __lt__ = __bool__ = __len__ = __float__ = _fail  # type: ignore[assignment]
    __hash__ = None  # type: ignore[assignment]

    def _repr_html_(self) -> str:
        raise RuntimeError("a cell was run")


@nasty
def hostile_objects() -> Frame:
    return Frame({"a": pd.Series([Opinionated() for _ in range(30)], dtype=object), "b": range(30)})


class SlyText(str):
    """Text that lies about what it equals."""

    def __eq__(self, other: object) -> bool:
        raise RuntimeError("a cell was run")

    def __hash__(self) -> int:
        raise RuntimeError("a cell was run")


@nasty
def text_with_opinions() -> Frame:
    return Frame({"a": pd.Series([SlyText("x"), "y"] * 20, dtype=object)})


# --- arrow --------------------------------------------------------------------------------------------


@nasty
def arrow_scalars() -> Frame:
    import pyarrow as pa

    types = {
        "int": (pa.int32(), [1, None, 3]), "bool": (pa.bool_(), [True, None, False]),
        "text": (pa.string(), ["a", None, "b"]),
        "date": (pa.date32(), [dt.date(2024, 1, 1), None, dt.date(2024, 1, 2)]),
        "time": (pa.time64("us"), [dt.time(1), None, dt.time(2)]),
        "binary": (pa.binary(), [b"a", None, b"b"]),
        "stamp": (pa.timestamp("ms", "UTC"), [dt.datetime(2024, 1, 1), None, dt.datetime(2024, 1, 2)]),
        "decimal": (pa.decimal128(9, 2), [decimal.Decimal("1.5"), None, decimal.Decimal("2.5")]),
        "span": (pa.duration("s"), [dt.timedelta(1), None, dt.timedelta(2)]), "null": (pa.null(), [None] * 3),
        "coded": (pa.dictionary(pa.int8(), pa.string()), ["a", None, "b"]),
    }  # fmt: skip
    return Frame(
        {name: pd.Series(cells * 20, dtype=pd.ArrowDtype(kind)) for name, (kind, cells) in types.items()}
    )


@nasty
def arrow_nested() -> Frame:
    import pyarrow as pa

    rows = pd.Series([[1], None, [2, 3]] * 20, dtype=pd.ArrowDtype(pa.list_(pa.int64())))
    record = pd.Series([{"x": 1}, None] * 30, dtype=pd.ArrowDtype(pa.struct([("x", pa.int64())])))
    return Frame({"a": rows, "b": record})


# --- values nobody may see ----------------------------------------------------------------------------

PLANTED = (
    "ada.lovelace@private.example",
    "+44 20 7946 0958",
    "4556737586899855",
    "GB82WEST12345698765432",
    "536-90-4399",
    "203.0.113.77",
    "Mrs. Ada Lovelace-King",
    "postgres://admin:hunter2secret@db.example/x",
    "-----BEGIN RSA PRIVATE KEY-----MIIEpQ",
    "ghp_" + "Zz9Yy8Xx7W" * 4,
)


@nasty
def personal_data() -> Frame:
    rows = 60
    planted = {
        f"c{i}": [text if row % 7 == 0 else f"{text}, row {row}" for row in range(rows)]
        for i, text in enumerate(PLANTED)
    }
    frame = Frame(planted)
    frame["group"] = ["ada.lovelace@private.example", "x@private.example"] * (rows // 2)
    frame["card"] = 4556737586899855
    frame["y"] = [0, 1] * (rows // 2)
    frame["mixed"] = pd.Series([PLANTED[0], 5] * (rows // 2), dtype=object)
    frame.index = pd.Index([PLANTED[0]] * rows, name=PLANTED[1])
    return frame
