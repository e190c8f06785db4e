"""The files of `match solve`: what is read, and what is said of rows that cannot be."""

from pathlib import Path

import pytest

from zaigang.cli import market_files
from zaigang.cli.market_files import Named, read_market
from zaigang.engines.matching import BadMarket, problem
from zaigang.foundation.errors import ZaigangError

EDGES = "worker,option,value\n王,焊工,50\n王,电工,30\n李,焊工,40\n赵,焊工,10\n"
OPTIONS = "option,capacity\n焊工,1\n电工,1\n茶艺,2\n"
TABS = "worker\toption\tvalue\n王\t焊工\t5\n"


def read(
    folder: Path, edges: str | bytes = EDGES, options: str | bytes = OPTIONS, *, any_value: bool = False
) -> Named:
    for name, text in (("edges.csv", edges), ("options.csv", options)):
        (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
    return read_market(folder / "edges.csv", folder / "options.csv", any_value=any_value)


def pairs(named: Named) -> list[tuple[str, str, int]]:
    market = named.market
    rows = zip(market.pairs().tolist(), market.option.tolist(), market.value.tolist(), strict=True)
    return [(named.workers[who], named.options[what], value) for who, what, value in rows]


WANTED = [("王", "焊工", 50), ("王", "电工", 30), ("李", "焊工", 40), ("赵", "焊工", 10)]


@pytest.mark.parametrize(
    "edges",
    [
        EDGES,
        "\ufeff" + EDGES,
        EDGES.replace("\n", "\r\n"),
        EDGES.rstrip(),
        EDGES.replace("李,焊工,40", '"李","焊工","40"'),
        EDGES.replace("李,焊工,40", " 李 , 焊工\u3000, +40 "),
        EDGES.replace("40", "４０"),
        EDGES.replace("\n赵", "\n\n\n赵") + "\n",
        EDGES.replace("worker,option,value", " Worker,OPTION ,value"),
        "note,value,option,worker\nx,50,焊工,王\ny,30,电工,王\n,40,焊工,李\nz,10,焊工,赵\n",
    ],
    ids=["plain", "bom", "crlf", "no end", "quoted", "spaces", "full width", "blank", "heading", "columns"],
)
@pytest.mark.parametrize("chunk", [2, 500])
def test_the_same_pairs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, edges: str, chunk: int) -> None:
    monkeypatch.setattr(market_files, "CHUNK", chunk)
    named = read(tmp_path, edges)
    assert pairs(named) == WANTED
    assert named.market.capacity.tolist() == [1, 1, 2]


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-16"])
def test_what_excel_calls_csv(tmp_path: Path, encoding: str) -> None:
    named = read(tmp_path, EDGES.encode(encoding), OPTIONS.encode(encoding))
    assert pairs(named) == WANTED


def test_names_are_texts(tmp_path: Path) -> None:
    named = read(tmp_path, "worker,option,value\n007,010,5\n7,10,4\n", "option,capacity\n010,1\n10,1\n")
    assert (named.workers, named.options) == (["007", "7"], ["010", "10"])


def test_values_below_one_where_they_are_allowed(tmp_path: Path) -> None:
    named = read(tmp_path, "worker,option,value\n王,焊工,-5\n李,焊工,0\n", any_value=True)
    assert pairs(named) == [("王", "焊工", -5), ("李", "焊工", 0)]


@pytest.mark.parametrize(
    ("row", "what", "where"),
    [
        ("王,焊工,7", "同一个人和同一个岗位写了两次", "edges.csv 第 2 行和第 6 行"),
        ("王,厨师,7", "没有岗位“厨师”的名额", "edges.csv 第 6 行"),
        ("王,茶艺,0", "数值应大于0", "edges.csv 第 6 行"),
        ("王,茶艺,-3", "数值应大于0", "edges.csv 第 6 行"),
        ("王,茶艺,1.5", "应为整数，现在是“1.5”", "edges.csv 第 6 行"),
        ("王,茶艺,1e3", "应为整数，现在是“1e3”", "edges.csv 第 6 行"),
        ("王,茶艺,NaN", "应为整数，现在是“NaN”", "edges.csv 第 6 行"),
        ("王,茶艺,1_000", "应为整数，现在是“1_000”", "edges.csv 第 6 行"),
        ("王,茶艺,", "value 一列没有写", "edges.csv 第 6 行"),
        (",茶艺,5", "worker 一列没有写", "edges.csv 第 6 行"),
        (" ,,", "worker 一列没有写", "edges.csv 第 6 行"),
        ("王,茶艺", "应有 3 列", "edges.csv 第 6 行"),
        ("王,茶艺,7,8", "应有 3 列", "edges.csv 第 6 行"),
        (f"王,茶艺,{2**31}", "数值太大，算不准", "edges.csv 第 6 行"),
        ("王,茶艺," + "9" * 5000, "数值太大，算不准", "edges.csv 第 6 行"),
    ],
)
@pytest.mark.parametrize("chunk", [2, 500])
def test_a_bad_pair_is_named_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, row: str, what: str, where: str, chunk: int
) -> None:
    monkeypatch.setattr(market_files, "CHUNK", chunk)
    with pytest.raises(ZaigangError) as error:
        read(tmp_path, f"{EDGES}{row}\n王,茶艺,9\n")
    assert (error.value.what, error.value.where) == (what, where)
    assert error.value.what_to_do


@pytest.mark.parametrize(
    ("options", "what", "where"),
    [
        (OPTIONS + "焊工,2\n", "岗位“焊工”的名额写了两次", "options.csv 第 5 行"),
        (OPTIONS + "厨师,-1\n", "名额不能是负数", "options.csv 第 5 行"),
        (OPTIONS + "厨师,一\n", "应为整数，现在是“一”", "options.csv 第 5 行"),
        (OPTIONS + "厨师," + "9" * 40 + "\n", "名额太多", "options.csv 第 5 行"),
        ("option\n焊工\n", "表头应为 option,capacity，现在是 option", "options.csv 第 1 行"),
        ("焊工,1\n", "表头应为 option,capacity，现在是 焊工,1", "options.csv 第 1 行"),
        ("", "表头应为 option,capacity，但第一行是空的", "options.csv 第 1 行"),
        (b"\x1f\x8b\x08\x00\xff", "读不出这个文件", "options.csv"),
    ],
)
def test_bad_options_are_named(tmp_path: Path, options: str | bytes, what: str, where: str) -> None:
    with pytest.raises(ZaigangError) as error:
        read(tmp_path, options=options)
    assert (error.value.what, error.value.where) == (what, where)


@pytest.mark.parametrize(
    ("edges", "what"),
    [
        (TABS, "表头应为 worker,option,value，现在是 worker\toption\tvalue"),
        ("worker,option,value,value\n", "表头应为 worker,option,value，现在是 worker,option,value,value"),
        (b"PK\x03\x04\x14\x00\x06\x00\x08\xff\xff\n", "读不出这个文件"),
        (EDGES.encode() + b"\xff\xff,1,1\n", "读不出这个文件"),
        (b"\x1f\x8b\x08\x00\xff", "读不出这个文件"),
    ],
    ids=["tabs", "twice", "xlsx", "damaged", "gz"],
)
def test_files_of_another_kind(tmp_path: Path, edges: str | bytes, what: str) -> None:
    with pytest.raises(ZaigangError) as error:
        read(tmp_path, edges)
    assert error.value.what == what


def test_sums_that_would_not_be_exact_are_no_single_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(problem, "LARGEST_SUM", 200)
    assert read(tmp_path, EDGES.replace("50", "49")).market.workers == 3
    with pytest.raises(BadMarket, match="加起来会不准"):
        read(tmp_path)
