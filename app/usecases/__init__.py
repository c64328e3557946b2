"""What a clerk can do, one verb a file: plain functions, one transaction each, called off the GUI thread.

::

    sign_in(store, clock, clerk_authority, passwords, number=…, password=…) -> Clerk
    open_day(store, clock, by) -> bool
    call_next(store, clock, queue_authority, by) -> Visit | None
    present_ticket(store, clock, typed, by) -> Visit
    arrive(store, clock, by) -> Visit
    save_draft(store, visit_id, card) · restore_draft(store, visit_id) -> WorkCard | None
    preview_slip(store, clock, templates, card, by) -> Document | None
    accept_case(store, clock, templates, card, by) -> TakenIn          # complete_case alike
    finish_visit(store, clock, by) -> Visit
    reprint_slip(store, clock, job_id, reason, by) -> PrintJob
    write_by_hand(store, job_id, by)
    settle_print(store, clock, job_id, came_out=…, by=…) -> PrintJob | None

``by`` is the signed-in ``app.domain.clerk.Clerk``, ``templates`` what ``app.storage.slip_files.load_templates`` gives.
A business "no" is ``ActRefused`` (reason), ``CardNotReady`` (reasons), ``IllegalTransition`` or, from the server,
``AuthorityRefused`` and ``SignInRefused`` (code). ``AuthorityUnreachable``: ask again, nothing was changed.
"""
