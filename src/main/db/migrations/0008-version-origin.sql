-- Each saved label map says what it was made from, so that restoring it brings that back too. Before, only the mask said
-- so: of the version that stands it is known, of the others it is not.

ALTER TABLE mask_version ADD COLUMN source_run INTEGER REFERENCES run (id) ON DELETE SET NULL /* whose mask it began as; NULL: none, or it was deleted */;
ALTER TABLE mask_version ADD COLUMN source_step TEXT;
ALTER TABLE mask_version ADD COLUMN source_blob TEXT /* <sha256>.png: what it began as; NULL: an empty map */;
ALTER TABLE mask_version ADD COLUMN source_known INTEGER NOT NULL DEFAULT 0 CHECK (source_known IN (0, 1)) /* 0: the three say nothing */;
CREATE INDEX mask_version_source ON mask_version (source_run);

ALTER TABLE mask ADD COLUMN source_known INTEGER NOT NULL DEFAULT 1 CHECK (source_known IN (0, 1)) /* 0: the mask may have begun as another than its source */;

-- A version that was brought back over others may have begun as another run's mask than the last of those.
UPDATE mask SET source_known = 0 WHERE kind = 'edited' AND run_id IS NULL AND EXISTS (
  SELECT 1 FROM mask_version AS version
  WHERE version.image_id = mask.image_id AND version.restored BETWEEN 1 AND version.version - 2);

UPDATE mask_version SET (source_run, source_step, source_blob, source_known) = (
  SELECT mask.source_run, mask.source_step, mask.source_blob, mask.source_known FROM mask
  WHERE mask.image_id = mask_version.image_id AND mask.kind = 'edited' AND mask.run_id IS NULL)
WHERE EXISTS (
  SELECT 1 FROM mask WHERE mask.image_id = mask_version.image_id AND mask.kind = 'edited' AND mask.run_id IS NULL
    AND mask.version = mask_version.version AND mask.blob = mask_version.blob);
