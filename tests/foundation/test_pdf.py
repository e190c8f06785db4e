"""Documents are the same bytes everywhere, hold what they were given, and no error quotes it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.papers import faces_of, pages_of
from zaigang.foundation.pdf import CannotPrint, compile_pdf
from zaigang.foundation.qr import qr_svg

MADE_AT = datetime(2016, 1, 11, 9, tzinfo=UTC)
READ = "#let data = json(bytes(sys.inputs.data))\n"
NAME = "𠮷野·阿依古丽"


@pytest.fixture
def template(tmp_path: Path) -> Path:
    return tmp_path / "some_form.typ"


def test_rare_characters_are_set_in_the_package_s_face_whatever_the_system_has(template: Path) -> None:
    rare = "𠮷䶮㛃喆犇堃龘"
    template.write_text(READ + '#set text(font: "Noto Sans CJK SC")\n#data.name')
    made = compile_pdf(template, {"name": rare}, made_at=MADE_AT)
    assert pages_of(made) == [rare]
    assert faces_of(made) == {"NotoSansCJKsc-Thin"}


def test_data_are_text_and_never_code(template: Path) -> None:
    template.write_text(READ + "#data.name")
    assert pages_of(compile_pdf(template, {"name": "#panic()*_$<a>"}, made_at=MADE_AT)) == ["#panic()*_$<a>"]


def test_equal_data_make_equal_bytes_in_any_order(template: Path) -> None:
    template.write_text(READ + "#data.one #data.two")
    first = compile_pdf(template, {"one": "1", "two": "2"}, made_at=MADE_AT)
    assert compile_pdf(template, {"two": "2", "one": "1"}, made_at=MADE_AT) == first


@pytest.mark.parametrize(
    ("body", "line"),
    [("#panic(data.name)", 2), ("#data.absent", 2), ("\n#let broken = (", 3)],
)
def test_an_error_says_where_and_quotes_no_data(template: Path, body: str, line: int) -> None:
    template.write_text(READ + body)
    with pytest.raises(CannotPrint) as caught:
        compile_pdf(template, {"name": NAME}, made_at=MADE_AT)
    assert str(caught.value) == f"文件没有生成（some_form.typ:{line}）。请告诉系统管理员，先用手写表办理"
    assert caught.value.__suppress_context__


def test_a_template_reads_nothing_outside_its_folder(template: Path) -> None:
    (template.parent.parent / "secret.txt").write_text("x")
    template.write_text('#read("../secret.txt")')
    with pytest.raises(CannotPrint):
        compile_pdf(template, {}, made_at=MADE_AT)


def test_a_qr_code_is_one_element_that_stands_alone() -> None:
    drawn = qr_svg("https://example.test/v/1?s=a&b=c")
    assert drawn.startswith('<svg xmlns="http://www.w3.org/2000/svg" ')
    assert (drawn.count("<svg"), drawn[-6:]) == (1, "</svg>")
    assert qr_svg("https://example.test/v/1?s=a&b=c") == drawn


def test_a_text_too_long_for_a_code_is_refused() -> None:
    with pytest.raises(ValueError, match="too large"):
        qr_svg("x" * 3000)
