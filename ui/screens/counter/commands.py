"""Which action of the keymap asks for what at the counter, and which of them a view allows."""

from collections.abc import Mapping
from typing import Final

from app.domain.person import Slot
from ui import desk_intents, intents
from ui.screens.counter.answer_intents import OpenAnswers
from ui.screens.counter.block_intents import IssueNumber, ReleaseBlock
from ui.screens.counter.conflict_tasks import OpenConflicts
from ui.screens.counter.contact_intents import OpenContact
from ui.screens.counter.copy_intents import OpenCopies
from ui.screens.counter.form_intents import OpenForms
from ui.screens.counter.overdue_state import OpenOverdue
from ui.screens.counter.pickup_intents import OpenUnclaimed
from ui.screens.counter.rating_intents import PrintRatingSlip
from ui.screens.counter.upward_intents import OpenUpward
from ui.screens.counter.view_model import CapState, CounterView, ServingView
from ui.screens.fee.intents import OpenFee
from ui.screens.laws.intents import OpenLaws, PrintGuide
from ui.screens.service.intents import OpenService
from ui.widgets.slip_views import SlipView

INTENTS: Final[Mapping[str, object]] = {
    "act_search": desk_intents.OpenSearch(),
    "act_pause": desk_intents.OpenPause(),
    "act_lock": desk_intents.Lock(),
    "act_signOut": desk_intents.SignOut(),
    "act_callNext": intents.CallNext(),
    "act_recall": intents.Recall(),
    "act_noShow": intents.NoShow(),
    "act_withdraw": intents.WithdrawCall(),
    "act_hold": intents.Hold(),
    "act_chooseHeld": intents.ChooseHeld(),
    "act_anotherItem": intents.AnotherItem(),
    "act_callManager": intents.CallManager(),
    "act_transfer": intents.Transfer(),
    "act_takeOver": intents.TakeOver(),
    "act_ratingSlip": PrintRatingSlip(),
    "act_unclaimed": OpenUnclaimed(),
    "act_askHigher": OpenUpward(),
    "act_serve": OpenService(),
    "act_fee": OpenFee(),
    "act_contact": OpenContact(),
    "act_answers": OpenAnswers(),
    "act_copies": OpenCopies(),
    "act_callChosen": intents.EnterTicketMode(),
    "act_readId": intents.ReadCard(),
    "act_notice": intents.IssueNotice(),
    "act_accept": intents.Accept(),
    "act_finish": intents.Finish(),
    "act_reprint": intents.Reprint(),
    "act_reject": intents.Reject(),
    "act_correct": intents.Correct(),
    "act_addMaterial": intents.AddMaterial(),
    "act_undo": intents.Undo(),
    "act_laws": OpenLaws(),
    "act_guide": PrintGuide(),
    "act_forms": OpenForms(),
    "act_overdue": OpenOverdue(),
    "act_conflicts": OpenConflicts(),
    "act_releaseBlock": ReleaseBlock(),
    "act_issueNumber": IssueNumber(),
    **{f"act_person__{number}": intents.TypePerson(slot) for number, slot in enumerate(Slot, 1)},
    **{f"act_jump__{number}": intents.JumpSection(number) for number in range(1, 6)},
}

PANEL: Final[Mapping[str, int]] = {f"act_panel__{number}": number for number in range(1, 5)}
"""Ctrl+1…4: the numbered options of the right pane, from inside text fields too."""

HELP: Final = "act_help"
"""F1: the window answers it itself."""

KNOWN: Final = frozenset({*INTENTS, HELP})
"""Actions that do something here. All others are shown disabled, whatever a view says."""


def allowed(view: CounterView) -> frozenset[str]:
    """Return the ids of the actions that a view allows; Alt keys and right-pane keys follow from what is shown."""
    named = {key.action for key in view.keys if key.state is not CapState.DISABLED} & KNOWN
    named |= {"act_paper", *PANEL}
    if view.page is not None:
        return frozenset(named)
    if isinstance(view.centre, ServingView):
        named |= {f"act_jump__{section.number}" for section in view.centre.sections if section.jump}
        if view.centre.person.revealable:
            named.add("act_reveal")
    if isinstance(view.right, SlipView) and view.right.reprint:
        named.add("act_reprint")
    return frozenset(named)
