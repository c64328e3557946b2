"""What can be set for each device: the keys of counter.toml with their names, in the order of the screen."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One key; ``note`` says what it is for. ``frame`` marks the line of a template, which is no key of the file."""

    key: str
    label: str
    note: str
    frame: bool = False


@dataclass(frozen=True, slots=True)
class DeviceSpec:
    """One table of counter.toml; ``trial`` says what F8 does."""

    table: str
    name: str
    trial: str
    fields: tuple[FieldSpec, ...]

    @property
    def address(self) -> tuple[str, str]:
        """Return table and key of what says where it is."""
        return self.table, "folder" if self.table == "camera" else "url"


_BAUD = FieldSpec("baud_rate", "速率", "只用于串口，照设备说明书")

DEVICES = (
    DeviceSpec(
        "printer",
        "回执打印机",
        "打一张试打单",
        (
            FieldSpec("url", "地址", "网络 tcp://地址:9100，USB file:/dev/usb/lp0"),
            FieldSpec("charset", "字库", "打印机自带的汉字；没有的字画出来打"),
            FieldSpec("columns", "列数", "80 毫米纸 48，58 毫米纸 32"),
            FieldSpec("cut", "切纸", "整切、留一点、不切，照打印机的切刀"),
            FieldSpec("barcode", "号票条码", "不打、画出来打、用打印机自带的条码"),
            FieldSpec("drawer", "钱箱", "没有，或者插在 2 脚、5 脚；试打后打开"),
        ),
    ),
    DeviceSpec(
        "reader",
        "读卡器",
        "读一张证件",
        (
            FieldSpec("url", "地址", "串口，或者 usb://0400:c35a"),
            _BAUD,
            FieldSpec("newest_address", "读新地址", "读证后改写的住址，有的模块不支持"),
        ),
    ),
    DeviceSpec(
        "scanner",
        "扫码枪",
        "扫一个码",
        (
            FieldSpec("url", "地址", "设成串口模式的扫码枪"),
            _BAUD,
            FieldSpec("wedge", "键盘口", "像键盘一样打字的扫码枪选 true，可以不填地址"),
        ),
    ),
    DeviceSpec(
        "display",
        "窗口屏",
        "显示 A023 三秒",
        (
            FieldSpec("url", "地址", "串口，或者 socket://地址:端口"),
            FieldSpec("template", "模板", "随程序的名字，或者同一目录里的文件"),
            FieldSpec("call", "叫号帧", "模板里的一行；边改边看字节", frame=True),
            FieldSpec("address", "屏号", "屏上拨码，0 到 255"),
            _BAUD,
            FieldSpec("turnaround_ms", "换向时间", "RS-485 一帧之后等多少毫秒"),
        ),
    ),
    DeviceSpec(
        "evaluator",
        "评价器",
        "按一个键",
        (
            FieldSpec("url", "地址", "按键评价器的串口"),
            FieldSpec("template", "模板", "随程序的名字，或者同一目录里的文件"),
            FieldSpec("screen", "评价屏", "群众面前的第几块屏幕，从 2 数起"),
            FieldSpec("seconds", "等几秒", "没有评价就算没有评价"),
        ),
    ),
    DeviceSpec("a4", "A4 打印机", "看队列", (FieldSpec("url", "地址", "lp:队列名，或者 folder:目录"),)),
    DeviceSpec(
        "printer.other",
        "备用打印机",
        "打一张试打单",
        (
            FieldSpec("url", "地址", "自己的打印机停了，单子改送到这一台"),
            FieldSpec("name", "名称", "窗口号或者放在哪里，最多 10 个字"),
            FieldSpec("charset", "字库", "打印机自带的汉字；没有的字画出来打"),
            FieldSpec("columns", "列数", "80 毫米纸 48，58 毫米纸 32"),
            FieldSpec("cut", "切纸", "整切、留一点、不切，照打印机的切刀"),
        ),
    ),
    DeviceSpec("camera", "高拍仪", "扫一份，文件不动", (FieldSpec("folder", "目录", "高拍仪自己的软件存文件的目录"),)),
)
"""Keys that are not here stay in the file as they are."""
