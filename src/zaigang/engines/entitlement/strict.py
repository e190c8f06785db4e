"""YAML that cannot be misread: no key twice, few aliases, and each mapping knows the line on which it stands."""

from typing import Any

import yaml

from zaigang.engines.entitlement.errors import BadParameters

#: The longest text of a parameter file that is read, in characters.
LONGEST = 400_000
MOST_ALIASES = 20


class Mapped(dict[str | int | float | bool, Any]):
    """A mapping and its line, counted from 1. Its keys are plain words, or numbers such as the code 370213."""

    line = 0


class _Loader(yaml.CSafeLoader):
    """Builds `Mapped`. A key given twice would silently hide the first value: it is refused."""

    def mapped(self, node: yaml.MappingNode) -> Mapped:
        made = Mapped()
        made.line = node.start_mark.line + 1
        for key_node, value_node in node.value:
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, str | int | float | bool) or key in made:
                raise yaml.constructor.ConstructorError(
                    None, None, f"key {key!r} is repeated or no plain word", key_node.start_mark
                )
            made[key] = self.construct_object(value_node, deep=True)
        return made


_Loader.add_constructor("tag:yaml.org,2002:map", _Loader.mapped)


def read_yaml(text: str, where: str) -> Any:
    """Plain values, mappings as `Mapped`. BadParameters names the line."""
    if len(text) > LONGEST:
        raise BadParameters(f"文件太长，超过 {LONGEST:,} 字", where, "请核对是不是参数文件。")
    try:
        _few_aliases(text, where)
        return yaml.load(text, Loader=_Loader)  # noqa: S506 -- a safe loader with stricter mappings
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f" 第 {mark.line + 1} 行" if mark else ""
        raise BadParameters(
            f"读不出 YAML：{error.problem}", f"{where}{line}", "请检查缩进、引号和重复的键。"
        ) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise BadParameters(f"读不出 YAML：{error}", where, "请检查缩进、引号和日期。") from error


def _few_aliases(text: str, where: str) -> None:
    # A few dozen aliases of aliases can fill a machine's memory.
    aliases = [
        token for token in yaml.scan(text, Loader=yaml.CSafeLoader) if isinstance(token, yaml.AliasToken)
    ]
    if len(aliases) > MOST_ALIASES:
        line = aliases[MOST_ALIASES].start_mark.line + 1
        raise BadParameters("YAML 的 * 太多", f"{where} 第 {line} 行", "请把值写在它自己的地方。")
