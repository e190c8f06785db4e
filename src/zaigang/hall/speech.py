"""What the board says aloud. Digits one by one, and 幺 for 1, as the ear expects of a number."""

ONE_BY_ONE = dict(zip("0123456789", "零幺二三四五六七八九", strict=True))
COUNTED = dict(zip("0123456789", "零一二三四五六七八九", strict=True))
#: Token -> name of the recorded clip in static/hall/clips/, without .mp3.
CLIPS = {
    "请": "please", "号": "number", "到": "to", "号窗口": "window", "零": "0", "幺": "1", "一": "one", "二": "2",
    "三": "3", "四": "4", "五": "5", "六": "6", "七": "7", "八": "8", "九": "9", "十": "10",
}  # fmt: skip


def spoken_tokens(label: str, window: int) -> list[str]:
    """The words of a call, one for each recorded clip: A023 and 3 give 请 A 零 二 三 号 到 三 号窗口."""
    number = [ONE_BY_ONE.get(character, character) for character in label]
    return ["请", *number, "号", "到", *_counted(window), "号窗口"]


def spoken_text(label: str, window: int) -> str:
    """The same as one sentence for a voice that reads: 请 A零二三 号，到 3 号窗口."""
    number = "".join(ONE_BY_ONE.get(character, character) for character in label)
    return f"请 {number} 号，到 {window} 号窗口"


def clips_of(label: str, window: int) -> list[str]:
    """The names of the clips of a call, in order."""
    return [CLIPS.get(token, token.lower()) for token in spoken_tokens(label, window)]


def _counted(window: int) -> list[str]:
    """12 is 十 二, 20 is 二 十: a window is counted, not spelled."""
    tens, ones = divmod(window, 10)
    words = [COUNTED[str(tens)]] if tens > 1 else []
    words += ["十"] if tens else []
    return words + ([COUNTED[str(ones)]] if ones or not tens else [])
