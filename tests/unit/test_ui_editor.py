"""The list editor: each gesture makes a new rule, keys follow their step, a refused value changes nothing."""

from __future__ import annotations

from typing import Any

import pytest

from kpa_model.pay.promise import known_promises
from kpa_model.pay.step import known_steps
from kpa_model.ui.editor import PROMISE_WORDS, STEP_WORDS, ListEditor

STEPS = known_steps()


class Watched:
    """An editor with the last rule it gave, and what it sent to the page."""

    def __init__(self, *names: str) -> None:
        self.given: list[tuple[Any, ...]] = []
        self.sent: list[Any] = []
        self.editor = ListEditor(
            "etapes", STEPS, STEP_WORDS, lambda parts, _gesture: self.given.append(parts), ["Awa", "Bruno"]
        )
        self.editor.send = lambda content, buffers=None: self.sent.append(content)
        self.editor.show([STEPS[name]() for name in names])

    @property
    def keys(self) -> list[int]:
        return [item["key"] for item in self.editor.items]

    @property
    def names(self) -> list[str]:
        return [step.name for step in self.given[-1]]

    def act(self, do: str, at: int = 0, **more: Any) -> None:
        self.editor.act({"do": do, "key": self.keys[at], **more})


def test_a_step_is_added_at_the_end_and_said() -> None:
    seen = Watched("frais_directs")
    seen.editor.act({"do": "add", "name": "plancher"})
    assert seen.names == ["frais_directs", "plancher"]
    assert seen.editor.status == "« Minimum par personne » est ajouté à la fin."


def test_a_step_that_moves_keeps_its_key() -> None:
    seen = Watched("frais_directs", "parts_egales", "plancher")
    first, second, third = seen.keys
    seen.act("down", 0)
    assert seen.keys == [second, first, third]
    assert seen.names == ["parts_egales", "frais_directs", "plancher"]
    assert seen.editor.status.endswith("est maintenant en place 2.")
    seen.act("up", 2)
    assert seen.keys == [second, third, first]


def test_nothing_moves_beyond_the_ends() -> None:
    seen = Watched("frais_directs", "parts_egales")
    seen.act("up", 0)
    seen.act("down", 1)
    assert seen.given == []


def test_a_step_is_removed_and_the_others_keep_their_keys() -> None:
    seen = Watched("frais_directs", "parts_egales", "plancher")
    _, second, third = seen.keys
    seen.act("remove", 0)
    assert seen.keys == [second, third]
    assert seen.names == ["parts_egales", "plancher"]


def test_two_same_steps_have_two_keys() -> None:
    seen = Watched("plancher", "plancher")
    assert len(set(seen.keys)) == 2
    seen.act("set", 1, name="euros", value="80")
    assert [step.minimum for step in seen.given[-1]] == [5000, 8000]


def test_a_value_is_set_in_the_unit_people_write() -> None:
    seen = Watched("plancher")
    seen.act("set", 0, name="euros", value="80,50 €")
    assert seen.given[-1][0].minimum == 8050
    assert seen.editor.items[0]["says"] == "Chaque personne présente reçoit au moins 80,50\u00a0€."
    assert seen.editor.items[0]["settings"][0]["value"] == 80.5


@pytest.mark.parametrize("value", ["beaucoup", "", "-3", "1e9", None, [], {"a": 1}])
def test_a_refused_value_keeps_the_rule_and_says_why_in_french(value: Any) -> None:
    seen = Watched("plancher")
    seen.act("set", 0, name="euros", value=value)
    assert seen.given == []
    assert seen.editor.items[0]["error"]
    assert seen.editor.items[0]["error"].endswith((".", "?"))
    seen.act("set", 0, name="euros", value="60")
    assert seen.editor.items[0]["error"] == ""
    assert seen.given[-1][0].minimum == 6000


def test_an_error_follows_its_step() -> None:
    seen = Watched("frais_directs", "plancher")
    seen.act("set", 1, name="euros", value="beaucoup")
    seen.act("up", 1)
    assert [bool(item["error"]) for item in seen.editor.items] == [True, False]


@pytest.mark.parametrize(
    "message",
    [
        {}, {"do": "add"}, {"do": "add", "name": "rien"}, {"do": "remove", "key": 999}, {"do": "explode", "key": 1},
        {"do": "set", "key": 1, "name": "rien", "value": "3"}, {"do": "set", "key": 1}, {"key": 1, "do": None},
    ],
)  # fmt: skip
def test_a_message_that_means_nothing_changes_nothing(message: dict[str, Any]) -> None:
    seen = Watched("plancher")
    seen.editor.act(message)
    assert seen.given == []


def slide(seen: Watched, value: str) -> None:
    message = {"do": "set", "key": seen.keys[0], "name": "euros", "value": value, "sliding": True, "wait": True}
    seen.editor._handle_custom_msg(message, [])


def test_a_fast_slider_is_told_that_its_move_is_taken_before_the_picture_is_made() -> None:
    seen = Watched("plancher")
    told: list[int] = []
    seen.editor._changed = lambda _steps, _gesture: told.append(len(seen.sent))
    slide(seen, "70")
    assert seen.sent == [{"taken": True}]
    assert told == [1]
    seen.act("set", 0, name="euros", value="80")
    assert seen.sent == [{"taken": True}]


def test_a_slider_that_moves_sends_its_step_alone_and_the_list_once_it_is_let_go() -> None:
    seen = Watched("plancher", "plancher", "parts_egales")
    before = seen.editor.items
    slide(seen, "70")
    assert seen.editor.items == before
    assert [(each["key"], each["settings"][0]["value"]) for each in seen.editor.sliding] == [(seen.keys[0], 70)]
    slide(seen, "50")
    assert seen.editor.sliding == []
    slide(seen, "90")
    seen.editor.act({"do": "end"})
    assert [each["settings"][0]["value"] for each in seen.editor.items[:2]] == [90, 50]
    assert seen.editor.sliding == []


def test_another_rule_shown_before_the_slider_is_let_go_is_the_one_on_the_page() -> None:
    seen = Watched("plancher")
    slide(seen, "70")
    seen.editor.show([STEPS["plancher"]()])
    assert seen.editor.sliding == []
    assert seen.editor.items[0]["settings"][0]["value"] == 50


def test_showing_another_rule_keeps_the_keys_of_steps_that_stay() -> None:
    seen = Watched("frais_directs", "parts_egales", "plancher")
    first, _, third = seen.keys
    seen.editor.show([STEPS["frais_directs"](), STEPS["plancher"]()])
    assert seen.keys == [first, third]


def test_showing_another_value_keeps_the_key_and_the_place() -> None:
    seen = Watched("frais_directs", "plancher")
    keys = seen.keys
    seen.editor.show([STEPS["frais_directs"](), STEPS["plancher"](minimum=9900)])
    assert seen.keys == keys


def test_every_known_step_and_promise_has_its_controls() -> None:
    for known, words in ((STEPS, STEP_WORDS), (known_promises(), PROMISE_WORDS)):
        editor = ListEditor("essai", known, words, lambda _parts, _gesture: None, ["Awa"])
        for name in known:
            editor.act({"do": "add", "name": name})
        assert [item["title"] for item in editor.items] == [each.title for each in known.values()]
        assert {each["kind"] for item in editor.items for each in item["settings"]} <= {
            "number", "choice", "yes_no", "names", "weights", "words"
        }  # fmt: skip
        listed = [name for _, each in editor.catalogue for name, _, _ in each]
        assert sorted(listed) == sorted(known)
