"""What a clerk can do, one verb a file: plain functions, one transaction each, called off the GUI thread.

::

    sign_in(store, clock, clerk_authority, passwords, number=…, password=…) -> Clerk
    open_day(store, clock, by) -> bool
    call_next(store, clock, queue_authority, by) -> Visit | None
    present_ticket(store, clock, typed, by) -> Visit                   # present_code by its scanned code
    arrive(store, clock, by) -> Visit
    learn_item(store, window, typed, item_id)
    save_draft(store, visit_id, card) · restore_draft(store, visit_id) -> WorkCard | None
    preview_slip(store, clock, templates, card, by) -> Document | None
    accept_case(store, clock, templates, card, by) -> TakenIn          # complete_case alike
    refuse_case(store, clock, templates, card, by) -> TakenIn          # withdraw_case alike
    answer_question(store, clock, by) · leave(store, clock, reason, by) -> Visit
    register_contact(store, clock, templates, card, by) -> Registered
    hand_out_result(store, clock, templates, card, by) -> (Case, Visit)
    serve_document(store, clock, templates, case_id, handing=…, day=…, by=…) -> Case
    take_fee(store, clock, case_id, pieces=…, receipt_no=…, by=…) -> Case
    return_overdue(store, clock, templates, case_id, reviewer=…, by=…) -> PrintJob
    print_form(store, clock, forms, item_id, material_id, kind=…, way=…, by=…) -> PrintJob
    reopen_case(store, reason, by) · drop_correction(store, by) -> Visit
    correct_paper(store, clock, templates, card, by) -> TakenIn
    void_paper(store, reason, by) -> Case
    finish_visit(store, clock, by) -> Visit
    recall_ticket(store, clock, by) -> Visit                          # withdraw_call, miss_ticket, undo_miss alike
    hold_visit(store, clock, reason, by) -> Visit · take_back(store, clock, visit_id, by) -> Visit
    walk_in(store, clock, by) -> Visit · continue_visit(store, clock, card, by) -> Visit
    ask_help(store, clock, by) -> str
    reprint_slip(store, clock, job_id, reason, by) -> PrintJob
    write_by_hand(store, job_id, reason, by); divert_print(store, job_id, way, reason, by)
    pause_window(store, clock, by, reason=…, minutes=…) -> Pause      # resume_window ends it
    unlock(store, passwords, by, password)
    hand_over(store, clock, templates, sheet, by) -> PrintJob          # begin_handover makes the sheet
    settle_print(store, clock, job_id, came_out=…, by=…) -> PrintJob | None

``by`` is the signed-in ``app.domain.clerk.Clerk``, ``templates`` what ``app.storage.slip_files.load_templates`` gives.
A business "no" is ``ActRefused`` (reason), ``CardNotReady`` (reasons), ``IllegalTransition`` or, from the server,
``AuthorityRefused`` and ``SignInRefused`` (code). ``AuthorityUnreachable``: ask again, nothing was changed.
"""
