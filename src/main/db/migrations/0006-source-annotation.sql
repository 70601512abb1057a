-- What a source said of a photo, word for word, where its format can give it back: keys of other programs, shapes
-- without pixels. Masks and labels are not read from here.
CREATE TABLE source_annotation (
  image_id INTEGER PRIMARY KEY REFERENCES image (id) ON DELETE CASCADE,
  format TEXT NOT NULL /* the import's: labelme */,
  blob TEXT NOT NULL /* <sha256>.json */
) STRICT;
