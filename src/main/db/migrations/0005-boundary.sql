-- How well the borders of masks agree with the truth's (src/shared/metrics/boundary.ts).
ALTER TABLE evaluation ADD COLUMN boundary TEXT /* JSON: pixels a label, {"intersection": [...], "union": [...]}; NULL: not measured */;
