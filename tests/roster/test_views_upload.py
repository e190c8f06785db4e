from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import Cast
from tests.factories.rosters import csv_file, imported, row
from zaigang.roster.models import Closure, Firm, RosterFile

UPLOAD = "/roster/closures/SF-2015/upload/"


@pytest.fixture
def clerk(cast: Cast, closure: Closure, sign_in):
    return sign_in(cast.clerk)


def handed(folder: Path, rows: list[dict[str, str]], name: str = "名册.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, csv_file(folder, rows, name).read_bytes())


def test_a_good_file_leads_to_its_preview_and_imports_nothing(
    clerk, closure: Closure, tmp_path: Path
) -> None:
    answer = clerk.post(UPLOAD, {"file": handed(tmp_path, [row(1), row(2)]), "new_firm": "示范钢铁二厂"})
    file = RosterFile.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/roster/files/{file.pk}/")
    assert (file.state, file.firm.name, file.rows.count()) == ("checked", "示范钢铁二厂", 2)
    assert closure.cases.count() == 0


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("名册.xlsx", b"PK\x03\x04 broken", "损坏"),
        ("名册.docx", b"anything", "请"),
        ("名册.csv", "姓名,电话\n张三,1\n".encode(), "没有找到花名册"),
        ("名册.csv", b"\xff\xff\xff\x80\x81", "编码"),
    ],
)
def test_a_bad_file_is_refused_in_words_and_leaves_nothing(
    clerk, name: str, content: bytes, words: str
) -> None:
    answer = clerk.post(UPLOAD, {"file": SimpleUploadedFile(name, content)})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "这个文件没有读进来" in page and words in page and "怎么办" in page
    assert RosterFile.objects.count() == 0


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "还没有选文件"),
        ({"file": SimpleUploadedFile("空.csv", b"")}, "这个文件是空的"),
        ({"file": SimpleUploadedFile("大.csv", b"x" * 101)}, "文件超过"),
    ],
)
def test_a_form_that_cannot_be_taken_says_why(clerk, settings, data: dict[str, object], words: str) -> None:
    settings.ROSTER_UPLOAD_BYTES = 100
    answer = clerk.post(UPLOAD, data)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_firm_is_chosen_or_named_not_both(clerk, closure: Closure, tmp_path: Path) -> None:
    data = {"file": handed(tmp_path, [row(1)]), "firm": str(closure.firms.get().pk), "new_firm": "另一个"}
    assert clerk.post(UPLOAD, data).context["form"].errors["new_firm"] == ["已经选了单位，就不用再写新的"]
    assert Firm.objects.count() == 1


def test_the_same_file_again_leads_to_the_preview_that_waits(clerk, tmp_path: Path) -> None:
    first = clerk.post(UPLOAD, {"file": handed(tmp_path, [row(1)])})
    second = clerk.post(UPLOAD, {"file": handed(tmp_path, [row(1)])}, follow=True)
    assert second.redirect_chain == [(first["Location"], 302)]
    assert "这份文件核对过了，还没导入" in second.content.decode()
    assert RosterFile.objects.count() == 1


def test_a_file_that_went_in_before_is_told_and_shown_as_matched(
    clerk, cast: Cast, closure: Closure, tmp_path: Path
) -> None:
    imported(cast, closure, tmp_path, [row(1), row(2)])
    page = clerk.post(UPLOAD, {"file": handed(tmp_path, [row(1), row(2)])}, follow=True)
    assert "这份文件 2016-01-11 由 柳经办 导入过" in page.content.decode()
    assert [(c.value, c.count) for c in page.context["preview"].overview.proposals] == [("matched", 2)]


@pytest.mark.parametrize(
    ("who", "status"), [("director", 200), ("officer", 403), ("auditor", 403), ("outsider", 404)]
)
def test_who_may_upload(cast: Cast, closure: Closure, sign_in, who: str, status: int) -> None:
    assert sign_in(getattr(cast, who)).get(UPLOAD).status_code == status
