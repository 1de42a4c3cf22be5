"""How alike two names are, in (0, 1]: containment, characters in order, one wrong character."""

from __future__ import annotations

from rapidfuzz.distance import OSA

from qa.question import How

CONTAINED_BASE, CONTAINED_SPAN = 0.52, 0.40  # whole label said: 0.92, half of it: 0.72
IN_ORDER_BASE, IN_ORDER_SPAN = 0.50, 0.40  # 科学普及 in 科学技术普及: 0.77
NEW = 0.03  # 新增债务限额 is a part of 债务限额, and less what is meant than 政府债务限额
SCATTERED = 0.08  # taken off where single characters stand apart
RUNS_LEAST, INSIDE = 4, 0.02  # 校车补贴 for 中小学校车运营补贴: whole words of a name that begins otherwise
SWAPPED = 0.04  # taken off where the halves stand the other way round
TYPO_CEILING = 0.90
TYPO_SHARE = 0.34  # at most a third of the characters may be wrong


def alike(said: str, label: str) -> tuple[float, How] | None:
    """The score of the words `said` for a label, both as keys; None where they are not alike.

    Containment either way scores by the shared length, an abbreviation whose characters occur in order a little less,
    and a spelling error by edit distance (a swap of neighbours counts one).
    """
    if said == label:
        return 1.0, How.EXACT
    if said in label:
        edge = 0.03 if label.endswith(said) or label.startswith(said) else 0.0
        edge -= NEW if label.startswith("新增") and not said.startswith("新") else 0.0
        return CONTAINED_BASE + CONTAINED_SPAN * len(said) / len(label) + edge, How.CONTAINED
    if len(label) >= 3 and label in said:
        return CONTAINED_BASE + CONTAINED_SPAN * len(label) / len(said), How.CONTAINED
    typo = _typo(said, label)
    if len(said) >= 3 and said[0] == label[0] and is_in_order(said, label):
        scattered = SCATTERED if _has_single_run(said, label) else 0.0
        return max(IN_ORDER_BASE + IN_ORDER_SPAN * len(said) / len(label) - scattered, typo), How.FUZZY
    if len(said) >= RUNS_LEAST and is_in_order(said, label) and not _has_single_run(said, label):
        return max(IN_ORDER_BASE + IN_ORDER_SPAN * len(said) / len(label) - INSIDE, typo), How.FUZZY
    if (swapped := _swapped(said, label)) > typo:
        return swapped, How.FUZZY
    return (typo, How.FUZZY) if typo else None


def _typo(said: str, label: str) -> float:
    longest = max(len(said), len(label))
    if min(len(said), len(label)) < 3:
        return 0.0
    limit = max(1, int(longest * TYPO_SHARE))
    distance = OSA.distance(said, label, score_cutoff=limit)
    if distance > limit:
        return 0.0
    return min(TYPO_CEILING, 1.0 - distance / longest)


def _swapped(said: str, label: str) -> float:
    """The score where the label says the same in another order: 资助学会 for 学会资助."""
    for cut in range(2, len(said) - 1):
        if said[cut:] + said[:cut] in label:
            return IN_ORDER_BASE + IN_ORDER_SPAN * len(said) / len(label) - SWAPPED
    return 0.0


def is_in_order(short: str, long: str) -> bool:
    """Whether the characters of `short` occur in `long` in the same order."""
    rest = iter(long)
    return all(char in rest for char in short)


def _has_single_run(short: str, long: str) -> bool:
    """Whether cutting `short` greedily into stretches of `long` leaves a stretch of one character."""
    start = position = 0
    while start < len(short):
        end = start + 1
        while end < len(short) and long.find(short[start : end + 1], position) >= 0:
            end += 1
        if end - start == 1:
            return True
        position = long.find(short[start:end], position) + end - start
        start = end
    return False
