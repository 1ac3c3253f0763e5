-- Open boards hear of what changes around the table. An item lies in its topic's drawer; seats and stages are for all at the table, and
-- a re-read by whoever else follows the family shows them nothing new.
CALL live.tells('meetings_agendaitem');
CALL live.tells('meetings_meeting', 'family');
CALL live.tells('meetings_participant', 'family');
CALL live.tells('meetings_minutes', 'family');
