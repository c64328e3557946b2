"""The sign-in page: on the dark side whose window it is, on the light side who comes and what they should know."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from ui.desk_intents import GiveNumber, SignIn
from ui.screens.portal import MOST_PASSWORD, PortalPage
from ui.screens.sign_in.cards import DeviceCard, HandedCard, NewsCard
from ui.screens.sign_in.initial import Initial
from ui.screens.sign_in.post import Post
from ui.screens.sign_in.view_model import SignInView
from ui.theme import Theme, set_look
from ui.widgets.parts import Card, Text, clear, put
from ui.widgets.primary_button import PrimaryButton
from ui.widgets.views import Tone


class SignInPage(PortalPage):
    """Draws a ``SignInView``."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "login")
        self._view: SignInView | None = None
        self._greet()
        middle = QHBoxLayout()
        middle.setSpacing(self.gap)
        left, right = QVBoxLayout(), QVBoxLayout()
        for each in (left, right):
            each.setSpacing(self.gap)
            middle.addLayout(each, 1)
        self._handed, self._devices, self._news = HandedCard(theme), DeviceCard(theme), NewsCard(theme)
        left.addWidget(self._who())
        left.addWidget(self._handed, 1)
        right.addWidget(self._devices)
        right.addWidget(self._news, 1)
        self.light.addLayout(middle, 1)
        self._close_with_button()

    def _greet(self) -> None:
        theme = self._theme
        head = QVBoxLayout()
        head.setSpacing(0)
        self._greeting = Text(theme, "name", "ink", bold=True)
        self._greeting.setObjectName("login_greeting")
        self._detail = Text(theme, "second", "ink2")
        head.addWidget(self._greeting)
        head.addWidget(self._detail)
        greeting = QHBoxLayout()
        greeting.setSpacing(14)
        self._initial = Initial(theme)
        if theme.metrics.small:
            self._initial.hide()  # never shown here: it has no parent yet and would be a window of its own
        greeting.addWidget(self._initial)
        greeting.addLayout(head, 1)
        self.light.addLayout(greeting)

    def _close_with_button(self) -> None:
        theme = self._theme
        foot = QHBoxLayout()
        words = Text(theme, "second", "ink2", wrap=True)
        words.show_text(self.tr("开窗后叫号屏显示本窗口办理中"))
        foot.addWidget(words, 1)
        self.button = PrimaryButton(theme)
        self.button.setObjectName("login_primary")
        self.button.setFixedWidth(160 if theme.metrics.small else 178)
        self.button.clicked.connect(self._enter)
        foot.addWidget(self.button)
        self.light.addLayout(foot)

    def _who(self) -> QWidget:
        theme, small = self._theme, self._theme.metrics.small
        card = Card(theme)
        card.setObjectName("login_who")
        column = QVBoxLayout(card)
        edge = 14 if small else 22
        column.setContentsMargins(edge, edge - 4, edge, edge - 2)
        column.setSpacing(5)
        self.number = self._field("login_number", self.tr("工号"), column)
        self.number.textEdited.connect(self._another)
        self.number.editingFinished.connect(self._numbered)
        self.number.returnPressed.connect(lambda: self.first_focus().setFocus())
        self.password = self._field("login_password", self.tr("口令"), column)
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.returnPressed.connect(self._enter)
        self._error = Text(theme, "second", "err", wrap=True)
        self._error.setObjectName("login_error")
        column.addWidget(self._error)
        label = Text(theme, "label", "ink2")
        label.show_text(self.tr("岗位"))
        column.addWidget(label)
        self._posts = QHBoxLayout()
        self._posts.setSpacing(8)
        column.addLayout(self._posts)
        return card

    def _field(self, name: str, label: str, column: QVBoxLayout) -> QLineEdit:
        words = Text(self._theme, "label", "ink2")
        words.show_text(label)
        column.addWidget(words)
        field = QLineEdit()
        field.setObjectName(name)
        field.setAccessibleName(label)
        field.setMaxLength(MOST_PASSWORD)
        field.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        column.addWidget(field)
        return field

    def _another(self, _text: str) -> None:
        self.password.clear()

    def _numbered(self) -> None:
        number = self.number.text().strip()
        if self._view is not None and number != self._view.number:
            self.intent.emit(GiveNumber(number))

    def _enter(self) -> None:
        self._numbered()
        password = self.password.text()
        self.password.clear()
        self.intent.emit(SignIn(password))

    @override
    def show_view(self, view: SignInView) -> None:
        self._portal.show_view(view)
        if view == self._view:
            return
        old, self._view = self._view, view
        self._greeting.show_text(view.greeting)
        self._initial.show_name(view.known)
        self._detail.show_text(view.detail)
        if (old is None or old.number != view.number) and self.number.text().strip() != view.number:
            self.number.setText(view.number)
        self._error.show_text(view.error)
        self._error.set_tone("err" if view.error_tone is Tone.ERR else "ok")
        self._error.setVisible(bool(view.error))
        wrong = bool(view.error) and view.error_tone is Tone.ERR
        set_look(self.password, state="error" if wrong else "normal")
        if old is None or old.posts != view.posts:
            clear(self._posts)
            for number, post in enumerate(view.posts, start=1):
                put(self._posts, Post(self._theme, post, number))
        if old is None or (old.handed, old.handed_empty) != (view.handed, view.handed_empty):
            self._handed.show_view(view)
        if old is None or old.devices != view.devices:
            self._devices.show_view(view)
        if old is None or old.news != view.news:
            self._news.show_view(view)
        self.button.show_button(self.tr("开窗"), "Enter", enabled=view.can_open and not view.busy)

    @override
    def first_focus(self) -> QWidget:
        return self.password if self._view is not None and self._view.number else self.number
