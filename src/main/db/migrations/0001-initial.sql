-- The first schema. Times are milliseconds since 1970-01-01 UTC; JSON columns hold one document each.

CREATE TABLE class (
  id INTEGER PRIMARY KEY,
  place INTEGER NOT NULL UNIQUE CHECK (place BETWEEN 0 AND 253) /* 0 … C−1; its pixels in a label map are place + 1 */,
  name TEXT NOT NULL UNIQUE CHECK (name <> '')
) STRICT;

CREATE TABLE image (
  id INTEGER PRIMARY KEY,
  stem TEXT NOT NULL UNIQUE /* file name without its extension */,
  path TEXT NOT NULL /* relative to the project folder (with /) when inside it, else absolute */,
  width INTEGER NOT NULL CHECK (width > 0) /* px, after EXIF orientation */,
  height INTEGER NOT NULL CHECK (height > 0) /* px, after EXIF orientation */,
  bytes INTEGER NOT NULL,
  mtime_ms INTEGER NOT NULL,
  sha256 TEXT NOT NULL /* of the file's bytes, hex */,
  split TEXT NOT NULL
) STRICT;
CREATE INDEX image_split ON image (split, id);

-- What the photos' labels say. A class without a row is absent: 100,000 photos × 80 classes stay a small table.
CREATE TABLE image_label (
  image_id INTEGER NOT NULL REFERENCES image (id) ON DELETE CASCADE,
  class_id INTEGER NOT NULL REFERENCES class (id) ON DELETE CASCADE,
  given TEXT NOT NULL CHECK (given IN ('present', 'absent', 'unknown')),
  corrected TEXT CHECK (corrected IN ('present', 'absent', 'unknown')) /* wins over given; NULL: never touched */,
  PRIMARY KEY (image_id, class_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX image_label_class ON image_label (class_id, image_id);

CREATE TABLE run (
  id INTEGER PRIMARY KEY AUTOINCREMENT /* names the folder runs/<id>: never used twice */,
  name TEXT NOT NULL,
  recipe TEXT NOT NULL /* JSON */,
  seed INTEGER NOT NULL,
  engine TEXT /* JSON: name, version, device; NULL until it has started */,
  split TEXT NOT NULL,
  dataset_hash TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'paused', 'done', 'failed', 'cancelled')),
  error TEXT /* JSON: code, message */,
  created_at INTEGER NOT NULL /* ms */,
  started_at INTEGER /* ms */,
  finished_at INTEGER /* ms */
) STRICT;

CREATE TABLE run_step (
  run_id INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  place INTEGER NOT NULL /* order in the recipe, from 0 */,
  name TEXT NOT NULL,
  method TEXT NOT NULL,
  options TEXT NOT NULL /* JSON, every option with its value */,
  state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'paused', 'done', 'failed', 'cancelled')),
  summary TEXT /* JSON: what the method wants remembered */,
  started_at INTEGER /* ms */,
  finished_at INTEGER /* ms */,
  PRIMARY KEY (run_id, place),
  UNIQUE (run_id, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE mask (
  id INTEGER PRIMARY KEY,
  image_id INTEGER NOT NULL REFERENCES image (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('ground_truth', 'pseudo', 'edited')),
  run_id INTEGER REFERENCES run (id) ON DELETE CASCADE /* NULL: made outside */,
  blob TEXT NOT NULL /* <sha256>.png: 0 background, 1 … C, 255 void */,
  version INTEGER NOT NULL,
  review TEXT NOT NULL CHECK (review IN ('unreviewed', 'accepted', 'edited', 'rejected')),
  pixels TEXT NOT NULL /* JSON: how many pixels of each label value, e.g. {"0": 900, "3": 100} */
) STRICT;
CREATE UNIQUE INDEX mask_of_image ON mask (image_id, kind, ifnull(run_id, 0));
CREATE INDEX mask_run ON mask (run_id);

CREATE TABLE metric (
  id INTEGER PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  step TEXT NOT NULL,
  name TEXT NOT NULL,
  at REAL /* training step or epoch; NULL: a figure of the whole step */,
  value REAL /* NULL: not a number */
) STRICT;
CREATE INDEX metric_name ON metric (run_id, step, name, at);

CREATE TABLE artifact (
  run_id INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  step TEXT NOT NULL,
  kind TEXT NOT NULL,
  image_id INTEGER NOT NULL REFERENCES image (id) ON DELETE CASCADE,
  blob TEXT NOT NULL /* <sha256>.<extension> */,
  PRIMARY KEY (run_id, step, kind, image_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX artifact_image ON artifact (image_id);

CREATE TABLE job (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  run_id INTEGER REFERENCES run (id) ON DELETE CASCADE,
  payload TEXT NOT NULL /* JSON */,
  state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'paused', 'done', 'failed', 'cancelled')),
  progress TEXT /* JSON */,
  error TEXT /* JSON: code, message */,
  attempt INTEGER NOT NULL /* how many times it was started */,
  heartbeat_at INTEGER /* ms; its worker's last sign of life */,
  created_at INTEGER NOT NULL /* ms */,
  started_at INTEGER /* ms */,
  finished_at INTEGER /* ms */
) STRICT;
CREATE INDEX job_state ON job (state, id);
CREATE INDEX job_run ON job (run_id);

CREATE TABLE setting (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL /* JSON */
) STRICT, WITHOUT ROWID;
