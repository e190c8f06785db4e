"""Wrong usage told in Chinese, for all commands in one place.

click hands its sentences to gettext, which follows the environment: with LANG=C, as on most servers, and with any
other language than Chinese nothing would be translated, and half of an error would be in another language than the rest
of the command line. So they are recognised here by the very patterns that stand in click's source.
"""

import re
from collections.abc import Callable

import click

#: click's patterns -> ours. `{value!r}` stands in quotes in what click says.
SENTENCES = {
    "{name} {filename!r} does not exist.": "没有“{filename}”。",
    "{name} {filename!r} is a file.": "“{filename}”是文件，应为文件夹。",
    "{name} {filename!r} is a directory.": "“{filename}”是文件夹，应为文件。",
    "{name} {filename!r} is not readable.": "没有权限读“{filename}”。",
    "{name} {filename!r} is not writable.": "没有权限写“{filename}”。",
    "{value!r} is not a valid {number_type}.": "应为{number_type}，现在是“{value}”。",
    "{value!r} is not a valid UUID.": "应为编号（UUID），现在是“{value}”。",
    "{value} is not in the range {range}.": "应在 {range} 的范围里，现在是 {value}。",
    "{value!r} is not one of {choices}.": "只能写 {choices}，现在是“{value}”。",
    "{value!r} is not {choice}.": "只能写 {choice}，现在是“{value}”。",
    "Got unexpected extra argument ({args})": "多写了 {args}。",
    "Got unexpected extra arguments ({args})": "多写了 {args}。",
    "Option {name!r} does not take a value.": "选项 {name} 后面不写值。",
    "Option {name!r} requires an argument.": "选项 {name} 后面要写一个值。",
    "Missing command.": "还要写一个命令。",
    "{filename!r}: {reason}": "打不开“{filename}”：{reason}。",
}
#: click's names of kinds, and what the system says of files.
WORDS = {
    "integer": "整数", "integer range": "整数", "float": "数", "float range": "数",
    "No such file or directory": "没有这个文件", "Permission denied": "没有权限", "Is a directory": "这是文件夹",
}  # fmt: skip


def told(error: click.ClickException) -> str:
    """The error for stderr: for wrong usage how the command is used, then what was wrong."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return error.format_message()
    what = f"zaigang: {_what(error)}"
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context is None:
        return what
    pieces = " ".join([context.command_path, *context.command.collect_usage_pieces(context)])
    return f"用法：{pieces}\n说明：{context.command_path} --help\n{what}"


def _what(error: click.ClickException) -> str:
    match error:
        case click.NoSuchOption():
            return f"没有选项 {error.option_name}。{_meant(error.possibilities)}"
        case click.exceptions.NoSuchCommand():
            return f"没有命令 {error.command_name}。{_meant(error.possibilities)}"
        case click.MissingParameter():
            return f"还要写 {_parameter(error)}。"
        case click.BadParameter():
            return f"{_parameter(error)}：{_sentence(error.message)}"
    return _sentence(error.message)


def _parameter(error: click.BadParameter) -> str:
    """As it is typed: --edges, FILE."""
    hint = (
        error.param.get_error_hint(error.ctx) if error.param is not None and error.ctx else error.param_hint
    )
    return str(hint or "参数").replace("'", "")


def _meant(possibilities: list[str] | None) -> str:
    return f"是不是 {'、'.join(possibilities)}？" if possibilities else ""


def _sentence(message: str) -> str:
    """Ours for one of click's; any other is in our own words already."""
    for pattern, ours in _PATTERNS:
        if found := pattern.fullmatch(message):
            return ours({name: WORDS.get(text, text) for name, text in found.groupdict().items()})
    return message


def _compiled(sentence: str, ours: str) -> tuple[re.Pattern[str], Callable[[dict[str, str]], str]]:
    parts = re.split(r"\{(\w+)(!r)?\}", sentence)
    pattern = "".join(
        re.escape(text) + (f"(?P<{name}>.*?)" if quoted is None else f"['\"](?P<{name}>.*?)['\"]")
        for text, name, quoted in zip(parts[:-1:3], parts[1::3], parts[2::3], strict=True)
    )
    return re.compile(pattern + re.escape(parts[-1]), re.DOTALL), lambda found: ours.format(**found)


_PATTERNS = [_compiled(*pair) for pair in SENTENCES.items()]
