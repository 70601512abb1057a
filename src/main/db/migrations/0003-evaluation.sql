-- Figures are kept with their origin and with what each photo adds to them. Times are milliseconds since 1970 UTC.

CREATE TABLE evaluation (
  id INTEGER PRIMARY KEY AUTOINCREMENT /* stands in addresses: never used twice */,
  run_id INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  step TEXT NOT NULL,
  identity TEXT NOT NULL UNIQUE /* SHA-256 of what was measured: measuring it again gives the same row */,
  origin TEXT NOT NULL /* JSON: photos, truth, maps, settings, rules */,
  classes TEXT NOT NULL /* JSON: names, background first */,
  photos TEXT NOT NULL /* JSON: photos a class */,
  confusion BLOB NOT NULL /* [C + 1, C + 1] float64, little-endian: pixels; rows truth, columns prediction */,
  mean_iou REAL /* 0 … 1 by the rules of the origin; NULL: no scored pixel */,
  created_at INTEGER NOT NULL /* ms */
) STRICT;
CREATE INDEX evaluation_run ON evaluation (run_id, step);

CREATE TABLE evaluation_photo (
  evaluation_id INTEGER NOT NULL REFERENCES evaluation (id) ON DELETE CASCADE,
  image_id INTEGER NOT NULL REFERENCES image (id) ON DELETE CASCADE,
  map TEXT NOT NULL /* <sha256>.png: the label map that was measured */,
  truth TEXT NOT NULL /* <sha256>.png */,
  scored INTEGER NOT NULL /* pixels whose truth is not void */,
  wrong INTEGER NOT NULL /* of them, pixels of another label */,
  PRIMARY KEY (evaluation_id, image_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX evaluation_photo_image ON evaluation_photo (image_id);

-- The cells of each photo's confusion that are not 0: few, whatever the number of classes.
CREATE TABLE evaluation_cell (
  evaluation_id INTEGER NOT NULL REFERENCES evaluation (id) ON DELETE CASCADE,
  truth INTEGER NOT NULL /* label: 0 background, 1 … C */,
  predicted INTEGER NOT NULL /* label */,
  image_id INTEGER NOT NULL REFERENCES image (id) ON DELETE CASCADE,
  pixels INTEGER NOT NULL,
  PRIMARY KEY (evaluation_id, truth, predicted, image_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX evaluation_cell_predicted ON evaluation_cell (evaluation_id, predicted);
CREATE INDEX evaluation_cell_image ON evaluation_cell (image_id, evaluation_id);
