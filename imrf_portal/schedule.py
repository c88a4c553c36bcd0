"""When each sweep runs. Who reads this table knows everything that happens by itself; a sweep that is late loses nothing.

A time of the day is UTC; beat alone makes a rule of Celery's of it (celery.py), so that no web process needs to load them.
"""

from datetime import time, timedelta

SCHEDULE = {
    name: {"task": task, "schedule": timedelta(minutes=1), "options": {"expires": 300}}
    for name, task in {
        "say that beat is alive": "forums.tasks.heartbeat",
        "announce milestones": "forums.tasks.announce_milestones",
        "announce changes of the calendar": "forums.tasks.announce_changes",
        "forget followers": "forums.tasks.forget_followers",
        "announce accreditation steps": "accreditation.tasks.announce_steps",
        "watch non-objection lists": "accreditation.tasks.watch_lists",
        "print letters of accreditation": "accreditation.tasks.print_letters",
        "read and bring in registers": "accreditation.tasks.import_registers",
        "print receipts": "submissions.tasks.print_receipts",
        "read and record files of inputs": "submissions.tasks.work_on_imports",
        "print inputs": "submissions.tasks.print_inputs",
        "make open data": "submissions.tasks.make_open_data",
        "make compilations": "submissions.tasks.make_compilations",
        "announce submission steps": "submissions.tasks.announce_steps",
        "share out inputs": "submissions.tasks.share_out",
        "tell of moved closings": "submissions.tasks.correct_closings",
        "remind of unsent drafts": "submissions.tasks.remind_unsent_drafts",
        "remind of questions about inputs": "submissions.tasks.remind_of_clarifications",
        "draw previews": "submissions.tasks.draw_previews",
        "liken texts": "submissions.tasks.liken_texts",
        "tell co-sponsors": "submissions.tasks.tell_co_sponsors",
        "scan uploads": "submissions.tasks.scan_uploads",
        "follow uses of inputs": "submissions.tasks.follow_uses",
        "follow names of organisations": "submissions.tasks.follow_names",
        "relate inputs": "submissions.tasks.relate_inputs",
        "translate titles and summaries": "submissions.tasks.make_translations",
        "tell of new inputs": "submissions.tasks.tell_of_new_inputs",
        "forget followers of inputs": "submissions.tasks.forget_followings",
        "tell of notes on drafts": "submissions.tasks.tell_of_draft_notes",
        "forget who wrote what": "submissions.tasks.forget_cowriting",
        "scan clean files again": "submissions.tasks.scan_clean_files_again",
        "read files": "submissions.tasks.read_files",
        "forget unfinished uploads": "submissions.tasks.clear_uploads",
        "scan private files": "accreditation.tasks.scan_evidence",
        "erase private files": "accreditation.tasks.erase_evidence",
        "remind of questions of the desk": "accreditation.tasks.remind_of_enquiries",
        "remind of tokens": "accreditation.tasks.remind_of_tokens",
        "end standings that ran out": "accreditation.tasks.expire_standings",
        "seal the audit": "accreditation.tasks.seal_audit",
        "clear what has ended": "accreditation.tasks.clear_what_ended",
        "make archives of inputs": "submissions.tasks.make_archives",
        "make archives of people": "accreditation.tasks.make_archives",
        "carry out decisions on several inputs": "submissions.tasks.work_on_rounds",
        "end requests that ran out": "forums.tasks.end_requests",
        "send letters": "forums.tasks.send_letters",
    }.items()
}
SCHEDULE["forget what was never recorded"] = {
    "task": "submissions.tasks.forget_staged_recordings",
    "schedule": time(2, 20),
    "options": {"expires": 3600},
}
SCHEDULE["purge what is kept about people"] = {
    "task": "accreditation.tasks.purge_personal",
    "schedule": time(2, 40),  # at night; one that was missed is made up for by the next
    "options": {"expires": 3600},
}
