"""Calendars: invitations out, replies and busy times in, the time that suits. Pure functions: no database, no clock.

``ics.request`` and ``ics.cancel`` write; ``replies.read`` and ``replies.check`` take an answer; ``fetch.fetch`` and
``busy.read`` learn when somebody is busy; ``finding.find`` proposes times; ``week.conflicts`` says what one collides
with.
What cannot be taken is ``refusal.Refused``, with words for the one who gave it.
"""
