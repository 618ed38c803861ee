-- 时刻 of a talk, beside its day.
ALTER TABLE talk ADD COLUMN time TEXT CHECK (length(time) <= 100);

-- Who talked with whom and when is answered from indexes alone: the rows hold what was said, one or two to a page.
DROP INDEX talk_person_by_talk;
CREATE INDEX talk_person_by_talk ON talk_person (talk, side, person);
DROP INDEX talk_person_by_person;
CREATE INDEX talk_person_by_person ON talk_person (person, talk) WHERE person IS NOT NULL;
CREATE INDEX talk_seen ON talk (id, organisation, held_on, kind, mode);
