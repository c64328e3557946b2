"""F1: the keys of the reviewer's desk."""

from ui.screens.floor.view_model import SheetRow, SheetView

HELP = SheetView(
    title="这里的键",
    note="办件从受理窗口来，材料、申请表不用重录",
    header=("", ""),
    widths=(26, 74),
    rows=tuple(
        SheetRow(each)
        for each in (
            ("↑ ↓", "选左边的办件，先到期的在上面"),
            ("→ ←", "材料和申请表、回到办件；PgDn PgUp 往下、往上看"),
            ("F8", "容缺的材料补齐了；没补齐不能准予"),
            ("F2 F9", "开始审查；窗口只收件的，F9 受理"),
            ("F3", "补正：写材料号和毛病，看告知书，再按 Enter"),
            ("F4 数字 Enter", "不予受理：选法定理由，写事实，看通知书，再按 Enter"),
            ("F7", "上报件：上报、记录联系、附上级结果"),
            ("F5", "停止计时：选特别程序，写起止日；告知书打印以后再按 F5 停；停着的按 F5 恢复"),
            ("F12", "起算：从公示期满、缴费等起算的，写日期和凭据"),
            ("F6", "延期：写天数和理由，负责人到场输工号和密码；只能延一次"),
            ("F10 Enter", "准予；决定书先在右边看"),
            ("F11 数字 Enter", "不予：选不符合的条件，写事实，看决定书，再按 Enter"),
            ("1 2 3", "决定书：打印、已盖章、移交出件窗口"),
            ("Ctrl S", "这里办的与服务端的记录不合：看，按数字选怎么办"),
            ("Esc", "退一步"),
        )
    ),
)
"""A sheet that never changes."""
