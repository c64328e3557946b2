"""Sample views of the counter with a citizen: screens 02, 04 and 05 with the demo's names."""

from dataclasses import replace

from sample_idle import IdleSamples

from app.domain.work.materials import Verdict
from ui.screens.counter.view_model import (
    CapState,
    CounterView,
    KeyState,
    ServingView,
)
from ui.widgets.slip_views import AfterView, FaultOption, FaultView, PrimaryView, SlipView
from ui.widgets.views import (
    DeviceState,
    DueLevel,
    DueView,
    IconLine,
    KeyHintView,
    NoteView,
    Strong,
    SyncState,
    SyncView,
    Tag,
    Tone,
)
from ui.widgets.work_views import (
    AbilitiesView,
    Ability,
    EndingView,
    FieldKind,
    FieldView,
    FormView,
    ItemsView,
    JournalRow,
    JournalView,
    MaterialRowView,
    MaterialsView,
    OptionView,
    OutcomeView,
    QuestionView,
    ResultView,
    SectionState,
    SectionView,
    SituationsView,
    VerdictChoice,
)


class Samples(IdleSamples):
    """All scenes of the counter."""

    def item_line(self, state: SectionState = SectionState.DONE) -> SectionView:
        return SectionView(
            1,
            "事项",
            "事项",
            state,
            (Strong("食品经营许可（新办）"),),
            (Tag("承诺件", Tone.PRI),),
            ("承诺 ", Strong("8"), " 个工作日，法定 10 个工作日 · 不收费"),
            jump=True,
        )

    def situation_line(self) -> SectionView:
        summary = (Strong("餐饮服务经营者 · 不是 · 本人办理"), " → 共 5 件材料")
        return SectionView(2, "情形", "情形", SectionState.DONE, summary, jump=True)

    def materials(self, *verdicts: Verdict | None) -> MaterialsView:
        rows = (
            ("食品经营许可证申请书", "由窗口代填，签名或盖章即可", "原件 1 份", "窗口打印", False, False),
            ("营业执照或者其他主体资格证明", "已联网核验，免交复印件", "免提交", "共享数据", False, True),
            (
                "与食品经营相适应的主要设备设施、经营布局、操作流程等文件",
                "平面图要标明功能间名称和面积",
                "原件 1 份",
                "申请人",
                True,
                False,
            ),
            ("食品安全规章制度目录清单", "可用空表现场填写，样表在 2 号抽屉", "原件 1 份", "申请人", True, False),
            (
                "授权委托书、委托人和代理人身份证明",
                "委托权限写明“代为提交、更正、领取”",
                "原件 1 份",
                "申请人",
                False,
                False,
            ),
        )
        shown = []
        for (name, hint, need, source, deferrable, exempt), verdict in zip(rows, verdicts, strict=True):
            good = VerdictChoice(Verdict.EXEMPT, "免交") if exempt else VerdictChoice(Verdict.OK, "齐")
            choices = (good, VerdictChoice(Verdict.MISSING, "缺"), VerdictChoice(Verdict.DEFERRED, "容缺", deferrable))
            shown.append(MaterialRowView(name, hint, need, source, verdict, choices))
        return MaterialsView(tuple(shown))

    def checking(self, *verdicts: Verdict | None) -> CounterView:
        found = verdicts or (Verdict.OK, Verdict.EXEMPT, None, None, None)
        done = sum(each is not None for each in found)
        sections = (
            self.item_line(),
            self.situation_line(),
            SectionView(
                3,
                "材料",
                "核对材料",
                SectionState.CURRENT,
                tags=(Tag(f"{done}/5 已齐", Tone.OK),),
                hints=(
                    KeyHintView("1–5", "标缺"),
                    KeyHintView("Enter", "齐，下一行"),
                    KeyHintView("*", "容缺"),
                    KeyHintView("+", "其余全齐"),
                ),
                body=self.materials(*found),
            ),
            SectionView(
                4,
                "表单",
                "表单",
                SectionState.TODO,
                ("身份信息 6 项已带入，还需填 ", Strong("主体业态、经营项目、场所面积")),
                jump=True,
            ),
            SectionView(5, "出单", "出单", SectionState.TODO, ("核对完自动判断：受理、一次性告知、不予受理",)),
        )
        say = ("“您好，请出示经营场所的平面图，我帮您核对。”",)
        right = self.slip(foot=IconLine("ph.info", f"还有 {5 - done} 件没核对，核对完才能受理"))
        keys = self.keys(recall=CapState.NORMAL, readId=CapState.NORMAL, finish=CapState.NORMAL, undo=CapState.NORMAL)
        return self.serving(sections, right, keys, 3, say)

    def serving(
        self,
        sections: tuple[SectionView, ...],
        right: SlipView,
        keys: tuple[KeyState, ...],
        section: int,
        say: tuple[str, ...],
    ) -> CounterView:
        centre = ServingView(self.person(), sections, say)
        return CounterView("serving", self.top(), self.rail(self.now()), centre, right, keys, section=section)

    def slip(self, **changes: object) -> SlipView:
        view = SlipView(
            "SL-01",
            "单据预览",
            Tag("将出：受理回执", Tone.OFF),
            IconLine("ph.printer", "热敏 80 mm · 就绪"),
            self.slip_image,
            "a",
            after=AfterView(
                "按 F10 以后",
                (
                    IconLine("ph.printer", "打印受理回执 1 份"),
                    IconLine("ph.timer", "时限钟开始走，从下一个工作日起算"),
                    IconLine("ph.paper-plane-tilt", "材料与表单送市场监管审核岗"),
                ),
            ),
            foot=IconLine("ph.info", "还有 3 件没核对，核对完才能受理"),
            primary=PrimaryView("受理并打印回执", "act_accept", enabled=False),
        )
        return replace(view, **changes)  # type: ignore[arg-type]  # a test names the fields it changes

    def choosing_item(self) -> CounterView:
        options = (
            OptionView("食品经营许可（新办）", "承诺件 · 8 个工作日", suggested=True),
            OptionView("仅销售预包装食品备案", "即办件"),
        )
        sections = (
            SectionView(1, "事项", "事项", SectionState.CURRENT, body=ItemsView(options)),
            SectionView(2, "情形", "情形", SectionState.TODO, ("确认事项后回答",)),
            SectionView(3, "材料", "核对材料", SectionState.TODO, ("按情形列出",)),
            SectionView(4, "表单", "表单", SectionState.TODO, ("身份信息自动带入",)),
            SectionView(5, "出单", "出单", SectionState.TODO, ("核对完自动判断：受理、一次性告知、不予受理",)),
        )
        return self.serving(
            sections, self.slip(), self.keys(recall=CapState.NORMAL), 1, ("“您好，请问您办什么业务？”",)
        )

    def asking(self, current: int = 0) -> CounterView:
        answers = [0 if index < current else None for index in range(3)]
        questions = (
            QuestionView(
                "主体业态",
                (
                    OptionView("食品销售经营者"),
                    OptionView("餐饮服务经营者", suggested=True),
                    OptionView("集中用餐单位食堂"),
                ),
                answers[0],
            ),
            QuestionView("是否利用自动设备经营", (OptionView("否", suggested=True), OptionView("是")), answers[1]),
            QuestionView("是否委托他人办理", (OptionView("本人", suggested=True), OptionView("委托")), answers[2]),
        )
        sections = (
            self.item_line(),
            SectionView(
                2,
                "情形",
                "情形",
                SectionState.CURRENT,
                tags=(Tag(f"{current}/3 已答", Tone.PRI),),
                hints=(KeyHintView("1–9", "回答"), KeyHintView("Enter", "按常见情形")),
                body=SituationsView(questions, current),
            ),
            SectionView(3, "材料", "核对材料", SectionState.TODO, ("答完列出要交的材料",)),
            SectionView(4, "表单", "表单", SectionState.TODO, ("身份信息 6 项已带入",)),
            SectionView(5, "出单", "出单", SectionState.TODO, ("核对完自动判断：受理、一次性告知、不予受理",)),
        )
        keys = self.keys(recall=CapState.NORMAL, readId=CapState.NORMAL, undo=CapState.NORMAL)
        return self.serving(sections, self.slip(), keys, 2, ("“请问您是自己经营，还是帮别人来办？”",))

    def form(self, phone: str = "", error: str = "", area: str = "") -> FormView:
        options = (("sales", "食品销售经营者"), ("catering", "餐饮服务经营者"), ("canteen", "集中用餐单位食堂"))
        return FormView(
            (
                FieldView("name", "经营者姓名", "䶮某𠅤", readonly=True),
                FieldView("idno", "证件号", "330***********001X", FieldKind.IDENTITY, readonly=True),
                FieldView("address", "户籍地址", "示范县示例街道 ***", readonly=True),
                FieldView("format", "主体业态", "catering", FieldKind.CHOICE, required=True, options=options),
                FieldView("scope", "经营项目", "", required=True),
                FieldView("area", "场所面积", area, FieldKind.AMOUNT, required=True, unit="平方米"),
                FieldView("phone", "手机号", phone, FieldKind.PHONE, required=True, error=error),
                FieldView("remark", "备注", "", span=2),
            )
        )

    def filling(self, **changes: str) -> CounterView:
        view = self.checking(Verdict.OK, Verdict.EXEMPT, Verdict.OK, Verdict.DEFERRED, Verdict.OK)
        assert isinstance(view.centre, ServingView)
        bad = bool(changes.get("error"))
        sections = (
            *view.centre.sections[:2],
            SectionView(3, "材料", "核对材料", SectionState.DONE, ("4 件齐，1 件容缺",), jump=True),
            SectionView(
                4,
                "表单",
                "表单",
                SectionState.ERROR if bad else SectionState.CURRENT,
                tags=(Tag("还需填 3 项", Tone.PRI),),
                note_right="身份证带入 3 项",
                body=self.form(**changes),
            ),
            SectionView(5, "出单", "出单", SectionState.TODO, ("填完按 F10 受理",)),
        )
        return replace(view, centre=replace(view.centre, sections=sections), section=4)

    def issued(self) -> CounterView:
        due = DueView(1.0, DueLevel.EASY, "剩 8 个工作日，正常")
        result = ResultView(
            "已受理　回执已打印 14:38",
            "9901-0003-000246",
            Tone.OK,
            due,
            "承诺办结",
            "11月30日 周一",
            "第 8 个工作日",
            "从明天起算，双休日和节假日不计。11月27日下班仍未办结，自动亮黄牌。",
        )
        sections = (
            replace(self.item_line(), jump=False, trailing=()),
            replace(self.situation_line(), jump=False, summary=("餐饮服务经营者 · 不是 · 本人办理",)),
            SectionView(3, "材料", "核对材料", SectionState.DONE, ("5 件全齐（1 件免交）",)),
            SectionView(4, "表单", "表单", SectionState.DONE, ("餐饮服务经营者 · 热食类食品制售 · 86 平方米",)),
            SectionView(5, "出单", "出单", SectionState.CURRENT, body=OutcomeView(result)),
        )
        right = self.slip(
            title="受理回执",
            tag=Tag("已出", Tone.OK),
            status=IconLine("", "已打印"),
            preview=False,
            paper_key="b",
            after=AfterView(
                "已经做了",
                (
                    IconLine("ph.printer", "回执已打印"),
                    IconLine("ph.timer", "时限钟 11月19日 9:00 起算"),
                    IconLine("ph.paper-plane-tilt", "已送市场监管审核岗，14:38 收到"),
                ),
            ),
            foot=IconLine("ph.printer", "已打印 1 份", Tone.OK),
            reprint=True,
            primary=PrimaryView("办毕，呼叫 A024", "act_callNext", enabled=True),
        )
        now = replace(self.now("16:12", 1.0), tag=Tag("已受理", Tone.OK))
        keys = self.keys(callNext=CapState.PRIMARY, finish=CapState.SUGGESTED)
        centre = ServingView(self.person(), sections, ("“这是您的回执，11月30日前办结。您慢走，再见。”",))
        return CounterView(
            "issued", self.top(clock="14:38"), self.rail(now), centre, right, keys, section=5, outcome="accepted"
        )

    def offline_fault(self) -> CounterView:
        view = self.issued()
        assert isinstance(view.centre, ServingView)
        assert isinstance(view.right, SlipView)
        note = NoteView(
            "ph.cloud-slash",
            Tone.OFF,
            (
                (Strong("网络 14:52 断开，窗口照常办。"), "本件先存在本机，联网后自动上传，不用重录。"),
                ("营业执照要联网核验：先收件，核验以后再受理。",),
            ),
        )
        journal = JournalView(
            "本机待同步",
            Tag("7 件"),
            (
                JournalRow("9901-0003-000251", "食品经营许可", "15:07", "已存本机"),
                JournalRow("9901-0003-000250", "居住证", "15:01", "已存本机"),
                JournalRow("9901-0003-000249", "个体户设立", "14:55", "已存本机"),
            ),
        )
        abilities = AbilitiesView(
            "离线时",
            (
                (Ability.WORKS, "叫号：群众出示号票，输入号码"),
                (Ability.WORKS, "受理、告知、打印：照常"),
                (Ability.LATER, "联网核验：先收件，联网后补做"),
                (Ability.WAITS, "查别的窗口的件：联网后可查"),
            ),
        )
        sections = (
            *view.centre.sections[:3],
            SectionView(
                4,
                "表单",
                "表单",
                SectionState.DONE,
                ("8 项已填",),
                note_right="身份证带入 3 项",
                body=self.form("138****0002", "", "86"),
                note=note,
            ),
            SectionView(
                5, "出单", "出单", SectionState.CURRENT, ("收件，待打印",), body=OutcomeView(None, journal, abilities)
            ),
        )
        fault = FaultView(
            "ph.printer",
            "打印机缺纸",
            "单据没丢，装好纸自动续打",
            (
                FaultOption("装纸，自动续打", "掀开上盖，纸卷热敏面朝外", "等待装纸", waiting=True),
                FaultOption("改到 A04 窗口打印", "旁边窗口，已就绪", "改打"),
                FaultOption("改用 A4 打印", "网络打印机，已就绪", "改打"),
                FaultOption("手写单", "抄编号 9901-0003-000252", "看样张"),
            ),
        )
        right = replace(
            view.right,
            title="单据预览",
            tag=Tag("将出：收件单", Tone.OK),
            status=IconLine("", "打印机缺纸", Tone.ERR),
            fault=fault,
            after=None,
            foot=IconLine("ph.info", "单据交到群众手里，才算办毕"),
            reprint=False,
            primary=PrimaryView("办毕，呼叫 B011", "act_callNext", enabled=False),
        )
        devices = tuple(
            replace(each, state=DeviceState.FAULT, text="缺纸") if each.key == "printer" else each
            for each in self.top().devices
        )
        top = self.top(clock="15:10", devices=devices, sync=SyncView(SyncState.OFFLINE, "离线办理中 · 7 件待同步", 7))
        rail = replace(
            view.rail, now=self.now("06:48", 0.6), waiting=(), waiting_total=None, empty="离线：按群众手里的号办理"
        )
        centre = ServingView(
            replace(self.person(), tags=(Tag("老年优先", Tone.OK),)),
            sections,
            ("“请稍候，打印机正在换纸，您的材料已经收下。”",),
        )
        return CounterView("issuing", top, rail, centre, right, section=5)

    def ending(self) -> CounterView:
        view = self.checking()
        assert isinstance(view.centre, ServingView)
        options = ("咨询已答复", "首问登记", "群众离开", "取件", "撤回")
        body = EndingView("这次怎样结束", tuple(OptionView(each) for each in options))
        sections = (
            *view.centre.sections[:2],
            SectionView(3, "材料", "核对材料", SectionState.TODO, ("2/5 已核对",), jump=True),
            view.centre.sections[3],
            SectionView(5, "出单", "不办件，怎样结束", SectionState.CURRENT, body=body),
        )
        return replace(view, centre=replace(view.centre, sections=sections), section=5)
