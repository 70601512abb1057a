-- Review and correction. Times are milliseconds since 1970-01-01 UTC.

-- The mask table anew: a mask may be `unsure`, and a correction knows what it was made from.
CREATE TABLE reviewed_mask (
  id INTEGER PRIMARY KEY,
  image_id INTEGER NOT NULL REFERENCES image (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('ground_truth', 'pseudo', 'edited')),
  run_id INTEGER REFERENCES run (id) ON DELETE CASCADE /* NULL: made outside, or by a person */,
  blob TEXT NOT NULL /* <sha256>.png: 0 background, 1 … C, 255 void */,
  version INTEGER NOT NULL /* edited: label maps saved by hand so far, 0: it is still what the run made */,
  review TEXT NOT NULL CHECK (review IN ('unreviewed', 'accepted', 'edited', 'rejected', 'unsure')),
  pixels TEXT NOT NULL /* JSON: how many pixels of each label value, e.g. {"0": 900, "3": 100}; {}: not counted */,
  source_run INTEGER REFERENCES run (id) ON DELETE SET NULL /* whose mask it began as; NULL: none, or it was deleted */,
  source_step TEXT,
  source_blob TEXT /* <sha256>.png: what it began as; NULL: an empty map */
) STRICT;
INSERT INTO reviewed_mask (id, image_id, kind, run_id, blob, version, review, pixels)
  SELECT id, image_id, kind, run_id, blob, version, review, pixels FROM mask;
DROP TABLE mask;
ALTER TABLE reviewed_mask RENAME TO mask;
CREATE UNIQUE INDEX mask_of_image ON mask (image_id, kind, ifnull(run_id, 0));
CREATE INDEX mask_run ON mask (run_id);
CREATE INDEX mask_source ON mask (source_run);

-- Every label map that was saved for a photo, so that any can be restored.
CREATE TABLE mask_version (
  image_id INTEGER NOT NULL REFERENCES image (id) ON DELETE CASCADE,
  version INTEGER NOT NULL CHECK (version > 0),
  blob TEXT NOT NULL /* <sha256>.png */,
  reason TEXT NOT NULL CHECK (reason IN ('saved', 'restored', 'imported')),
  restored INTEGER /* the version whose map it is; NULL: none */,
  created_at INTEGER NOT NULL /* ms */,
  PRIMARY KEY (image_id, version)
) STRICT, WITHOUT ROWID;

-- Strokes for undo and for a restart (src/shared/contract/strokeJournal.ts).
CREATE TABLE stroke_journal (
  image_id INTEGER PRIMARY KEY REFERENCES image (id) ON DELETE CASCADE,
  revision INTEGER NOT NULL /* counts every change */,
  position INTEGER NOT NULL /* place of the last stroke that is applied */,
  saved INTEGER NOT NULL /* place that the label map is of, once the strokes to rewind are taken back */
) STRICT;
CREATE TABLE stroke (
  image_id INTEGER NOT NULL REFERENCES stroke_journal (image_id) ON DELETE CASCADE,
  place INTEGER NOT NULL,
  rewind INTEGER NOT NULL CHECK (rewind IN (0, 1)) /* 1: painted over, only to be taken back from the label map */,
  delta BLOB NOT NULL,
  PRIMARY KEY (image_id, place, rewind)
) STRICT;

-- What was decided, to take it back and to tell the pace.
CREATE TABLE review_decision (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  batch INTEGER NOT NULL /* id of the first decision made with it: a rule makes many */,
  image_id INTEGER NOT NULL REFERENCES image (id) ON DELETE CASCADE,
  decision TEXT NOT NULL CHECK (decision IN ('accept', 'reject', 'unsure', 'clear')),
  by_rule INTEGER NOT NULL CHECK (by_rule IN (0, 1)),
  version INTEGER NOT NULL /* of the mask that was decided on */,
  before TEXT /* JSON: the mask's row before; NULL: there was none */,
  decided_at INTEGER NOT NULL /* ms */
) STRICT;
CREATE INDEX review_decision_batch ON review_decision (batch);
CREATE INDEX review_decision_image ON review_decision (image_id);
