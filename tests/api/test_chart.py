"""Where the bars of a chart stand: each position once, in time, within its drawing."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from api.pages import bars
from api.pages.axis import Axis
from api.pages.chart import MOST_LINES, WIDTH, Chart, Line, chart
from api.schemas.outer import Named, PositionOut, QuestionOut
from domain.positions.labels import Label
from tests.api.test_words import position

STEPS = st.tuples(
    st.integers(1, 400) | st.integers(1, 9),
    st.integers(0, 7) | st.just(0),
    st.sampled_from([*range(-3, 4), "ambivalent", "none"]),
    st.sampled_from([each.value for each in Label]),
    st.booleans(),
)
"""Days of silence, days of the interval, value, label, whether there are conditions."""
KEYS = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 20)),
    min_size=1,
    max_size=9,
    unique=True,
)


def held(
    key: tuple[int, int],
    earliest: date,
    latest: date | None = None,
    value: int | str = 3,
    label: str = "stated",
    *,
    conditional: bool = False,
) -> PositionOut:
    """Return a position of a holder on a question, both by number."""
    made = position(None, value) if isinstance(value, str) else position(value)
    return made.model_copy(
        update={
            "question": QuestionOut(id=f"q-{key[0]}", kind="policy", label="?"),
            "holder": Named(id=f"h-{key[1]}", label=f"Holder {key[1]}"),
            "earliest": earliest,
            "latest": latest or earliest,
            "label": label,
            "conditions": ("tolls",) if conditional else (),
        }
    )


@st.composite
def lines(draw: st.DrawFn, most: int = 40) -> list[PositionOut]:
    """Return the positions of one or more holders, as the list of a page has them."""
    found: list[PositionOut] = []
    for key in sorted(draw(KEYS)):
        day = date(2031, 1, 1)
        for silence, width, value, label, conditional in draw(
            st.lists(STEPS, min_size=1, max_size=most)
        ):
            day += timedelta(days=silence)
            until = day + timedelta(days=width)
            found.append(held(key, day, until, value, label, conditional=conditional))
            day = until
    return found


def drawn(positions: list[PositionOut]) -> Chart:
    """Return the chart of some positions."""
    found = chart(positions)
    assert found is not None
    return found


def all_lines(found: Chart) -> list[Line]:
    """Return the lines of all questions."""
    return [line for group in found.groups for line in group.lines]


def key_of(each: PositionOut) -> tuple[str, str | None]:
    """Return whose position it is, on what."""
    return each.question.id, each.holder.id


@given(lines())
def test_every_position_is_drawn_once_or_counted(positions: list[PositionOut]) -> None:
    """In the order of the list; what had no room is counted on its line."""
    found = drawn(positions)
    placed = [bar.position for bar in found.bars]
    assert placed == [each for each in positions if each in placed]
    assert len(placed) + sum(line.left_out for line in all_lines(found)) == len(
        positions
    )
    for line in all_lines(found):
        own = [
            each for each in positions if key_of(each) == key_of(line.bars[0].position)
        ]
        assert line.positions == len(own)
        assert all(bar.position in own for bar in line.bars)


@given(lines())
def test_bars_of_a_line_never_touch(positions: list[PositionOut]) -> None:
    """In a row there is room between any two, however close their days are."""
    for line in all_lines(drawn(positions)):
        for one, other in combinations(line.bars, 2):
            if one.y // bars.ROW == other.y // bars.ROW:
                first, second = sorted((one, other), key=lambda bar: bar.x)
                assert first.x + first.width + bars.GAP <= second.x


@given(lines())
def test_bars_keep_their_order_in_time(positions: list[PositionOut]) -> None:
    """A later position never begins to the left; its days never overlap the earlier."""
    for line in all_lines(drawn(positions)):
        for before, after in pairwise(line.bars):
            assert before.position.latest < after.position.earliest
            assert before.x <= after.x
            assert before.ends - 1 <= after.begins


@given(lines())
def test_a_bar_covers_its_days_and_stays_within_its_drawing(
    positions: list[PositionOut],
) -> None:
    """It begins where its first day begins, and has room for its signs."""
    for line in all_lines(drawn(positions)):
        for bar in line.bars:
            assert 0 <= bar.x == bar.begins < bar.ends <= bar.x + bar.width <= WIDTH
            assert bar.width >= bars.TAB + bars.VALUE
            assert 0 <= bar.y < bar.middle < bar.y + bar.height < line.height


@given(lines())
def test_a_bar_reaches_from_its_first_day_to_its_last(
    positions: list[PositionOut],
) -> None:
    """On an axis of weeks, where an interval is wider than its signs need."""
    line = [each for each in positions if key_of(each) == key_of(positions[0])]
    first = line[0].earliest
    axis = Axis(first, first + timedelta(days=27), 0, 728)
    for bar in bars.bars_of(axis, line):
        assert bar.x == bar.begins == axis.start(bar.position.earliest)
        assert bar.ends == axis.end(bar.position.latest)
        assert bar.x + bar.width >= bar.ends
        assert bar.width in (bar.ends - bar.x, 51, 65)


@given(lines())
def test_yes_stands_above_no(positions: list[PositionOut]) -> None:
    """In every row: the side is told by more than colour."""
    tops = {1: 3, 0: 8, -1: 13}
    for bar in drawn(positions).bars:
        commitment = bar.position.commitment or 0
        assert bar.y % bars.ROW == tops[(commitment > 0) - (commitment < 0)]


@given(lines(most=200))
def test_a_reaffirmation_never_takes_the_place_of_a_change(
    positions: list[PositionOut],
) -> None:
    """Without reaffirmations the same changes are drawn, in the same places."""
    axis = Axis.around((each.earliest for each in positions), 0, 500)
    line = [each for each in positions if key_of(each) == key_of(positions[0])]
    changes = [each for each in line if each.label != "reaffirmed"]
    with_all = [
        bar for bar in bars.bars_of(axis, line) if bar.position.label != "reaffirmed"
    ]
    assert with_all == list(bars.bars_of(axis, changes))


def test_only_the_lines_with_most_changes_are_drawn() -> None:
    """The others are counted at their question, and the order is that of the list."""
    day = date(2031, 5, 9)
    many = [(n // 30, n) for n in range(MOST_LINES + 20)]
    positions: list[PositionOut] = []
    for key in many:
        label = "reversed" if key[1] >= 20 else "reaffirmed"
        positions += [held(key, day), held(key, day + timedelta(days=1), label=label)]
    found = drawn(positions)
    assert [group.left_out for group in found.groups] == [20, 0]
    assert [line.holder.id for line in all_lines(found)] == [
        f"h-{n}" for n in range(20, MOST_LINES + 20)
    ]
    assert found.is_tall


def test_of_a_crowd_as_many_as_have_room_are_drawn() -> None:
    """Hundreds of changes a day apart: some are drawn, the rest is counted."""
    first = date(2031, 1, 1)
    crowd = [
        held((1, 1), first + timedelta(days=n), label="reversed") for n in range(900)
    ]
    (line,) = all_lines(drawn(crowd))
    assert line.height == bars.MOST_ROWS * bars.ROW
    assert line.left_out == len(crowd) - len(line.bars) > 0
    assert {bar.y // bars.ROW for bar in line.bars} == set(range(bars.MOST_ROWS))


def test_nothing_is_drawn_of_nothing() -> None:
    """There is no empty chart."""
    assert chart([]) is None


def test_the_legend_explains_what_is_drawn_and_nothing_else() -> None:
    """Values from yes to no, labels in their order."""
    day = date(2031, 5, 9)
    found = drawn(
        [
            held((1, 1), day, value="none", label="retracted"),
            held((1, 2), day, value=-3),
            held((1, 3), day, value=2, label="softened"),
            held((1, 4), day, value=-3),
        ]
    )
    values = [(each.value, each.commitment) for each in found.legend.values]
    assert values == [("stance", 2), ("stance", -3), ("none", None)]
    assert found.legend.labels == ("stated", "softened", "retracted")
    assert not found.legend.intervals
    assert not found.legend.conditions
    wide = drawn([held((1, 1), day, day + timedelta(days=1), conditional=True)]).legend
    assert wide.intervals
    assert wide.conditions
