"""The desk's pages: open to anybody, since they hold nothing; and nothing but them is served."""

import pytest

from tests.desk.clerks import Desk


@pytest.mark.parametrize("path", ["/desk", "/desk/account", "/desk/audit", "/desk/reports"])
async def test_a_page_holds_no_script_and_no_style_of_its_own(desk: Desk, path: str) -> None:
    response = await (await desk.visitor()).get(path)
    page = await response.text()
    assert (response.status, response.content_type) == (200, "text/html")
    assert response.headers["Cache-Control"] == "no-cache"
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert page.count("<script") == page.count('<script type="module" src="/desk/static/')
    assert "<style" not in page
    assert " style=" not in page
    assert " on" not in page.partition("<body")[2]


async def test_a_static_file_is_kept_and_asked_about(desk: Desk) -> None:
    visitor = await desk.visitor()
    first = await visitor.get("/desk/static/desk.js")
    assert first.content_type in ("text/javascript", "application/javascript")
    assert first.headers["Cache-Control"] == "no-cache"
    again = await visitor.get("/desk/static/desk.js", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status == 304


@pytest.mark.parametrize("name", ["nothing.js", "..%2f__init__.py", "%2e%2e%2froutes.py", "a%00b", "", "a" * 300])
async def test_only_files_of_the_static_folder_are_served(desk: Desk, name: str) -> None:
    assert (await (await desk.visitor()).get(f"/desk/static/{name}")).status == 404
