-- Lists and counts of 100,000 photos in a blink: what the Dataset screen asks for, answered from an index.

-- ifnull(corrected, given) is what holds (labelRepo.ts); queries must say it in these words to use the index. The index
-- holds both columns because SQLite looks at them even where the index has decided.
CREATE INDEX image_label_present ON image_label (class_id, image_id, given, corrected)
  WHERE ifnull(corrected, given) = 'present';
CREATE INDEX image_label_corrected ON image_label (image_id) WHERE corrected IS NOT NULL;
CREATE INDEX image_sha256 ON image (sha256) /* duplicates */;
