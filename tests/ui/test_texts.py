"""Every code shows as a sentence, also one that this version does not know."""

from ui.texts import text


def test_a_code_that_nobody_explained_is_shown_with_what_to_do() -> None:
    assert "code_of_a_newer_server" in text("code_of_a_newer_server")
