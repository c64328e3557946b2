"""F1: the keys of the settings window."""

from ui.screens.floor.view_model import SheetRow, SheetView

HELP = SheetView(
    title="这里的键",
    note="改了的按 F10 才写进 counter.toml",
    header=("", ""),
    widths=(26, 74),
    rows=tuple(
        SheetRow(each)
        for each in (
            ("1–8", "选哪台设备"),
            ("↑ ↓ Enter", "选哪一项，改它；地址清空就是没有这台设备"),
            ("F4", "换成下一个找到的地址，或者下一个可选的值"),
            ("F5", "找这台电脑上接着的设备；网络打印机要自己填地址"),
            ("F8", "试一试：打一张、读一张、显示一个号"),
            ("F6", "试打单上打哪些字，例如本地人名里的生僻字"),
            ("F2", "每台设备都看一遍，同 chuangkou doctor"),
            ("F10", "保存；写错了会说是哪一行"),
            ("Esc", "退一步"),
        )
    ),
)
"""A sheet that never changes."""
