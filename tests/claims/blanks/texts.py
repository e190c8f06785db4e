"""A small definition file, and changes to it."""

VERSION = """
  - version: "{version}"
    territory: {territory}
    from: {first}
    to: {last}
    mark: B
    sources: [S]
    copies: 1
    declaration: {{zh: 属实。, en: True.}}
    signatures: [经办人]
    bands:
      - title: {{zh: 人, en: Person}}
        fields: [{fields}]
"""
HEAD = """
code: unemployment_registration
title: {zh: 本地登记表, en: Local registration}
sources: {S: 本局表样}
fields:
  name: {label: {zh: 名字, en: Name}, kind: line, source: worker.name, ask: shown}
  health: {label: {zh: 身体, en: Health}, kind: code, list: health, ask: ask}
  grade: {label: {zh: 等级, en: Grade}, kind: line, ask: ask, required_when: {field: health, codes: ["5"]}}
versions:
"""


def version(
    name: str, first: str, last: str = "null", territory: str = "CN", fields: str = "name, health, grade"
) -> str:
    return VERSION.format(version=name, first=first, last=last, territory=territory, fields=fields)
