"""Which page shows which view over the work; loaded behind the first paint, for none of them is needed before."""

from collections.abc import Callable, Mapping

from ui.screens.consent.page import ConsentPage
from ui.screens.consent.view_model import ConsentView
from ui.screens.door.page import DoorPage
from ui.screens.door.view_model import DoorView
from ui.screens.handover.page import HandoverPage
from ui.screens.handover.view_model import HandoverView
from ui.screens.laws.page import LawsPage
from ui.screens.laws.view_model import LawsView
from ui.screens.page import Page
from ui.screens.page_view import PageView
from ui.screens.pause.page import CoverPage
from ui.screens.pause.view_model import CoverView
from ui.screens.search.page import SearchPage
from ui.screens.search.view_model import SearchView
from ui.screens.service.page import ServicePage
from ui.screens.service.view_model import ServiceView
from ui.screens.sign_in.page import SignInPage
from ui.screens.sign_in.view_model import SignInView
from ui.theme import Theme

PAGES: Mapping[type[PageView], Callable[[Theme], Page]] = {
    SearchView: SearchPage,
    CoverView: CoverPage,
    HandoverView: HandoverPage,
    SignInView: SignInPage,
    DoorView: DoorPage,
    ConsentView: ConsentPage,
    LawsView: LawsPage,
    ServiceView: ServicePage,
}
