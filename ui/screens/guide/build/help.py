"""F1: the keys of the guide desk."""

from ui.screens.floor.view_model import SheetRow, SheetView

HELP = SheetView(
    title="这里的键",
    note="号码可以小写，不用输横线",
    header=("", ""),
    widths=(26, 74),
    rows=tuple(
        SheetRow(each)
        for each in (
            ("字母 Enter", "取这一类的号，打出号票"),
            ("字母 数字 Enter", "优先取号，数字是原因；群众不用出示证明"),
            ("1–9 Enter", "恢复过号里第几个，排到前 3 位之后"),
            ("F3 票号 Enter", "恢复没列出来的过号"),
            ("F4 票号 Enter 原因", "已经在等的号改成优先"),
            ("F7 票号 Enter", "查一个号，右边看它的号票"),
            ("F9", "补打右边的号票，断网也能打"),
            ("Esc", "退一步；号票出来了也按它"),
        )
    ),
)
"""A sheet that never changes."""
