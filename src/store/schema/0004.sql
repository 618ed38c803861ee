-- 时刻 of a talk, beside its day.
ALTER TABLE talk ADD COLUMN time TEXT CHECK (length(time) <= 100);
